import assert from 'node:assert/strict'
import { after, before, type TestContext } from 'node:test'
import type { Phone } from '../../../../../gateway/src/sandbox/index.ts'
import { linkedGateway } from '../../../../support/gateway/gateway.ts'
import { until } from '../../../../support/wait.ts'

const SESSION = '/api/v1/sessions/main'

export type World = Awaited<ReturnType<typeof openWorld>>

export const idOf = ({ account }: Phone) => `${account.phone}@s.whatsapp.net`

export const pathOf = (group: string) => `groups/${encodeURIComponent(group)}`

/** One world for all tests of a file. @returns a function that gives it */
export function sharedWorld(): () => World {
	const endings: (() => unknown)[] = []
	let world: World
	before(async () => {
		world = await openWorld({
			after: (act: () => unknown) => void endings.push(act),
		} as TestContext)
	})
	after(async () => {
		for (const end of endings.reverse()) await end()
	})
	return () => world
}

/** A gateway with its owner and three others. */
async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, sandbox, owner, ada } = world
	const bora = sandbox.phone('491700000003', { name: 'Bora', addressing: 'lid' })
	const cem = sandbox.phone('491700000004', { name: 'Cem' })
	const events = async (): Promise<any[]> =>
		(await gateway.request('GET', `${SESSION}/events?limit=1000`)).body.events
	const messages = async () =>
		(await events()).filter(({ type }: { type: string }) => type === 'message.received')
	// With a message the gateway learns both names of a person.
	for (const person of [ada, bora, cem]) await person.says('hello', { to: owner })
	await until('the gateway knows them', async () => (await messages()).length === 3)
	const ask = (method: string, path: string, body?: unknown) =>
		gateway.request(method, `${SESSION}/${path}`, body)
	return {
		...world,
		bora,
		cem,
		ask,
		/** Asks for something that is to succeed. @returns the answer's body */
		async does(method: string, path: string, body?: unknown): Promise<any> {
			const answer = await ask(method, path, body)
			assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`)
			return answer.body
		},
		/** Asks for something that is refused. */
		async isRefused(
			[method, path, body]: [method: string, path: string, body?: unknown],
			status: number,
			code: string,
		) {
			const answer = await ask(method, path, body)
			const { code: said, detail } = answer.body ?? {}
			assert.deepEqual([answer.status, said], [status, code], `${method} ${path}: ${answer.text}`)
			assert.ok(detail)
		},
		/** The group as WhatsApp has it. */
		groupAt(jid: string) {
			const group = sandbox.whatsapp.directory.groups.get(jid)
			assert.ok(group, jid)
			return group
		},
		/** A group of the account's. */
		ownGroup: (subject: string, members: Phone[] = [ada], addressing: 'lid' | 'pn' = 'lid') =>
			owner.createsGroup(subject, members, { addressing }),
		events,
		/** Waits for an event. @param after how many events to leave out. @returns its data */
		hears: (type: string, fits: (data: any) => boolean, after = 0): Promise<any> =>
			until(`${type} is told`, async () => {
				const told = (await events()).slice(after)
				return told.find((event: any) => event.type === type && fits(event.data))?.data
			}),
	}
}
