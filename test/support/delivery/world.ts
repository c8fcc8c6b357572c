import type { TestContext } from 'node:test'
import { linkedGateway, openGateway, type TestGateway } from '../gateway/gateway.ts'
import { until } from '../wait.ts'
import { openReceiver, type Behaviour } from './receiver.ts'
import { seed } from './seed.ts'

export const HOOKS = '/api/v1/sessions/main/webhooks'

type Options = Parameters<typeof openGateway>[1]

/** A gateway whose session `main` has these messages in its log, and is not linked. */
export async function seededGateway(
	t: TestContext,
	chats: number,
	each: number,
	options?: Options,
) {
	const gateway = await openGateway(t, options)
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	await gateway.request('POST', '/api/v1/sessions/main/disconnect')
	const { events, commit, ...journal } = await gateway.sessions.get('main').journal()
	const begin = events.last()
	await seed({ ...journal, events, commit }, chats, each)
	return { gateway, begin }
}

export const hookOf = (gateway: TestGateway, id: string) => {
	const path = `${HOOKS}/${id}`
	const state = async () => (await gateway.request('GET', path)).body
	return {
		id,
		path,
		state,
		deliveries: async (state = 'pending') =>
			(await gateway.request('GET', `${path}/deliveries?state=${state}&limit=1000`)).body,
		replay: async (which: object) => (await gateway.request('POST', `${path}/replay`, which)).body,
		change: (body: object) => gateway.request('PATCH', path, body),
		/** Resolves when this many events wait. */
		waits: (count: number) =>
			until(`${count} events wait`, async () => (await state()).delivery?.pending === count),
		/** Resolves when no event waits any more. @param timeout milliseconds */
		drained: (timeout = 10_000) =>
			until('nothing waits', async () => (await state()).delivery?.pending === 0, { timeout }),
		/** Resolves when the gateway considers the target down. */
		isDown: () =>
			until('it is down', async () => typeof (await state()).delivery?.down_since === 'string'),
	}
}

export async function addHook(gateway: TestGateway, url: string, body: object = {}) {
	const answer = await gateway.request('POST', HOOKS, {
		url,
		events: ['message.received'],
		...body,
	})
	if (answer.status !== 201) throw new Error(answer.text)
	return Object.assign(hookOf(gateway, answer.body.id), { secret: answer.body.secret as string })
}

/** A linked gateway and a receiver that one of its webhooks calls. */
export async function withReceiver(t: TestContext, behaviour?: Behaviour, options?: Options) {
	const linked = await linkedGateway(t, options)
	const receiver = await openReceiver(t, behaviour)
	const hook = await addHook(linked.gateway, receiver.url)
	return { ...linked, receiver, hook }
}
