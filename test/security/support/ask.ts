import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import type { Generated } from './generate.ts'

export type Heard = { status: number; type: string; text: string }

/** Sends the very bytes of a path to a port, which `fetch` would tidy up before. */
export function openLine(t: TestContext, port: number) {
	const agent = new Agent({ keepAlive: true, maxSockets: 8 })
	t.after(() => agent.destroy())
	return function ask({ method, path, headers, body }: Generated): Promise<Heard> {
		const bytes = bytesOf(body, headers)
		return new Promise((resolve, reject) => {
			const asking = request({ agent, host: '127.0.0.1', port, method, path, headers })
			asking.on('error', reject).on('response', (response) => {
				const { statusCode: status = 0, headers } = response
				text(response).then(
					(said) => resolve({ status, type: headers['content-type'] ?? '', text: said }),
					reject,
				)
			})
			asking.end(bytes)
		})
	}
}

export type Line = ReturnType<typeof openLine>

const BOUNDARY = 'a-boundary'

/** A body as its content type has it; text and bytes as they are. */
export function bytesOf(body: unknown, headers: Record<string, string>): string | undefined {
	if (body === undefined || typeof body === 'string') return body
	if (!headers['content-type']?.startsWith('multipart/')) return JSON.stringify(body)
	headers['content-type'] = `multipart/form-data; boundary=${BOUNDARY}`
	const parts = Object.entries(body as object).flatMap(([name, value]) =>
		[value].flat().map((one) => partOf(name, one)),
	)
	return `${parts.join('')}--${BOUNDARY}--\r\n`
}

function partOf(name: string, value: unknown) {
	const isText = typeof value === 'string'
	const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`
	return `${head}${isText ? value : JSON.stringify(value)}\r\n`
}
