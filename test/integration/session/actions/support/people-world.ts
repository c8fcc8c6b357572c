import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { linkedGateway } from '../../../../support/gateway/gateway.ts'
import { openReceiver } from '../../../../support/gateway/receiver.ts'

export type PeopleWorld = Awaited<ReturnType<typeof openPeopleWorld>>

/** A linked session whose events a webhook hears. */
export async function openPeopleWorld(t: TestContext, events: string[] = ['*']) {
	const world = await linkedGateway(t)
	const { gateway } = world
	const receiver = await openReceiver(t)
	const ask = (method: string, path: string, body?: object) =>
		gateway.request(method, `/api/v1/sessions/main/${path}`, body)
	await ask('POST', 'webhooks', { url: receiver.url, events })

	return {
		...world,
		ask,
		/** Asks, and expects success. */
		async does(method: string, path: string, body?: object): Promise<any> {
			const answer = await ask(method, path, body)
			assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`)
			return answer.body
		},
		/** The data of the first event of this type that fits. */
		hears: async (type: string, fits: (data: any) => boolean = () => true): Promise<any> =>
			(await receiver.gets(({ event }) => event.type === type && fits(event.data))).event.data,
		/** Asks for what must be refused: [method, path, body, status, code or field]. */
		async isRefused(cases: Refusal[]) {
			for (const [method, path, body, status, said] of cases) {
				const { body: answer, text, status: got } = await ask(method, path, body)
				assert.equal(got, status, `${method} ${path}: ${text}`)
				assert.ok([answer.code, answer.field].includes(said), text)
			}
		},
	}
}

type Refusal = [
	method: string,
	path: string,
	body: object | undefined,
	status: number,
	said: string,
]
