import { createHmac, randomBytes } from 'node:crypto'
import { startRecorder, type Recorded, type Reply } from '../support/recorder.ts'

interface Hook {
	id: string
	url: string
	events: string[]
}

/** Only what the trigger needs of a gateway, with deliveries that the test makes itself. */
export async function startSigningGateway() {
	const key = randomBytes(32)
	const hooks: Hook[] = []

	function answer({ method, path, body }: Recorded): Reply {
		if (method === 'GET') return { status: 200, body: { webhooks: hooks, total: hooks.length } }
		if (method === 'DELETE') {
			hooks.splice(
				hooks.findIndex(({ id }) => path.endsWith(id)),
				1,
			)
			return { status: 204, body: '' }
		}
		const hook = { ...(body as Hook), id: crypto.randomUUID() }
		hooks.push(hook)
		return { status: 201, body: { ...hook, secret: `whsec_${key.toString('base64')}` } }
	}

	const { url, stop } = await startRecorder(answer)

	/** One delivery of an event, as the gateway signs it. */
	async function deliver(
		hook: Hook,
		event: { id: string },
	): Promise<{ status: number; body: unknown }> {
		const body = JSON.stringify(event)
		const timestamp = Math.floor(Date.now() / 1000)
		const signature = createHmac('sha256', key)
			.update(`${event.id}.${timestamp}.${body}`)
			.digest('base64')
		const response = await fetch(hook.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'webhook-id': event.id,
				'webhook-timestamp': String(timestamp),
				'webhook-signature': `v1,${signature}`,
			},
			body,
		})
		return { status: response.status, body: await response.json() }
	}

	return { url, hooks, deliver, stop }
}
