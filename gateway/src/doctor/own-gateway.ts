import { request } from 'undici'

const TIMEOUT_MS = 3_000

/** The URL of a place to listen at, as a program on the same machine uses it. */
export function urlOf(host: string, port: number): string {
	const here = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
	return `http://${here.includes(':') ? `[${here}]` : here}:${port}`
}

/** Whether a gateway answers there, whichever it is. */
export async function gatewayAnswersAt(url: string): Promise<boolean> {
	try {
		const signal = AbortSignal.timeout(TIMEOUT_MS)
		const { body } = await request(url, { headers: { accept: 'application/json' }, signal })
		return ((await body.json()) as { name?: unknown }).name === 'whatsapp-gateway'
	} catch {
		return false
	}
}
