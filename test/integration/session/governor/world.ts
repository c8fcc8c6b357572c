import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { testClock } from '../../../support/delivery/clock.ts'
import { ADMIN_KEY, linkedGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const SESSION = '/api/v1/sessions/main'

export const HOUR_MS = 3_600_000

export type World = Awaited<ReturnType<typeof openWorld>>

/** A linked gateway whose governor has a clock that the test moves, and people. */
export async function openWorld(t: TestContext, governor: object = {}, sendTimeout?: number) {
	const clock = testClock()
	const world = await linkedGateway(t, { governorClock: clock, sendTimeout })
	const { gateway, sandbox, owner, ada } = world
	let people = 0

	const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
		gateway.request(
			method,
			`${SESSION}${path}`,
			body,
			headers && { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json', ...headers },
		)

	const sends = (body: object, { type = 'text', key }: { type?: string; key?: string } = {}) =>
		ask(
			'POST',
			`/messages/${type}`,
			{ text: 'hi', ...body },
			key ? { 'idempotency-key': key } : undefined,
		)

	await ask('PUT', '/settings', { governor })
	return {
		...world,
		clock,
		ask,
		sends,
		/** A person whom nobody has written to. */
		stranger: () => sandbox.phone(`4915200000${100 + people++}`),
		/** Sends what goes out. @returns the answer's body */
		async sent(body: object, options?: Parameters<typeof sends>[1]) {
			const answer = await sends(body, options)
			assert.equal(answer.status, 200, answer.text)
			return answer.body
		},
		/** Sends what the governor holds back, for that reason. @returns the seconds to wait */
		async held(reason: string, body: object): Promise<number> {
			const { status, body: problem, headers } = await sends(body)
			const { code, reason: told } = problem
			assert.deepEqual([status, code, told], [429, 'governor_limited', reason])
			return Number(headers.get('retry-after'))
		},
		/** Somebody writes to the account, and the gateway has it. */
		async writes(person = ada) {
			const id = await person.sends({ conversation: 'hello' }, { to: owner })
			await until('it is there', async () => {
				const { body } = await ask('GET', '/events?limit=1000')
				return body.events.some(({ data }: any) => data.message_id === id)
			})
			return id
		},
		events: async (type: string): Promise<any[]> =>
			(await ask('GET', '/events?limit=1000')).body.events.filter(
				(each: any) => each.type === type,
			),
		async limits() {
			const { status, body, text } = await ask('GET', '/limits')
			assert.equal(status, 200, text)
			return body
		},
		/** What WhatsApp says of the account's limits. */
		async whatsAppSays(limits: object) {
			const answer = await sandbox.control.request(`/phones/${owner.account.phone}/limits`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(limits),
			})
			assert.equal(answer.status, 200)
		},
		/** WhatsApp refuses the next message. */
		refuses: (code: number) => sandbox.whatsapp.faults.refuseMessages(owner.account.phone, code),
	}
}
