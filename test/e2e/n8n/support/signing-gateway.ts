import { createHmac, randomBytes } from 'node:crypto'
import { startRecorder, type Recorded, type Reply } from '../../../support/recorder.ts'

interface Hook {
	id: string
	url: string
	events: string[]
}

export type Signed = { headers: Record<string, string>; body: string }

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

	/** An event as the gateway signs it. */
	function sign(event: { id: string }, timestamp = Math.floor(Date.now() / 1000)): Signed {
		const body = JSON.stringify(event)
		const signature = createHmac('sha256', key)
			.update(`${event.id}.${timestamp}.${body}`)
			.digest('base64')
		const headers = {
			'content-type': 'application/json',
			'webhook-id': event.id,
			'webhook-timestamp': String(timestamp),
			'webhook-signature': `v1,${signature}`,
		}
		return { headers, body }
	}

	async function post(hook: Hook, signed: Signed): Promise<{ status: number; body: unknown }> {
		const response = await fetch(hook.url, { method: 'POST', ...signed })
		return { status: response.status, body: await response.json() }
	}

	/** One delivery of an event. */
	const deliver = (hook: Hook, event: { id: string }) => post(hook, sign(event))

	return { url, hooks, sign, post, deliver, stop }
}
