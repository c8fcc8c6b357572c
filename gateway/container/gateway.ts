import { ask, until } from './http.ts'

/** The people of the scene `shop`: whose phone the session is, and a person who writes to it. */
export const SHOP = '491700000001'
export const ANNA = '491700000002'

type Message = { seq: number; text: string | null }

/** The gateway over HTTP. */
export function gatewayAt(url: string, key: string) {
	const call = async <T>(method: string, path: string, body?: object) =>
		(await ask<T>(method, `${url}${path}`, { headers: { 'x-api-key': key }, body })).data

	const session = async (id: string) => {
		const path = '/api/v1/sessions'
		const { sessions } = await call<{ sessions: { id: string; status: string; me: unknown }[] }>(
			'GET',
			path,
		)
		return sessions.find((session) => session.id === id) ?? call<never>('POST', path, { id })
	}
	const received = async (phone: string, after: number) => {
		const path = `/sandbox/phones/${phone}/messages?after=${after}`
		return (await call<{ messages: Message[] }>('GET', path)).messages
	}

	return {
		/** A simulated shop with customers, and the session as a linked device of the shop. */
		async openShop(id: string): Promise<void> {
			const { me } = await session(id)
			if (!me) await call('POST', '/sandbox/scenes/shop', { session: id })
			await until(`session ${id} is open`, async () => (await session(id)).status === 'open')
		},

		/** A new key that is good for one session. */
		async newKey(name: string, id: string): Promise<string> {
			const wanted = { name, role: 'member', sessions: [id] }
			return (await call<{ key: string }>('POST', '/api/v1/keys', wanted)).key
		},

		/** The address of the webhook that n8n's trigger has registered. */
		webhookWith: (id: string, part: string) =>
			until('the trigger is registered at the gateway', async () => {
				const path = `/api/v1/sessions/${id}/webhooks`
				const { webhooks } = await call<{ webhooks: { url: string }[] }>('GET', path)
				return webhooks.find((webhook) => webhook.url.includes(part))?.url
			}),

		/** Anna writes to the shop. @returns the answer that contains her words */
		async converse(text: string): Promise<string> {
			const before = (await received(ANNA, 0)).at(-1)?.seq ?? 0
			await call('POST', `/sandbox/phones/${ANNA}/messages`, { to: SHOP, text })
			const isAnswer = (message: Message) => !!message.text?.includes(text)
			const answer = await until('the workflow answers', async () =>
				(await received(ANNA, before)).find(isAnswer),
			)
			return answer.text!
		},
	}
}
