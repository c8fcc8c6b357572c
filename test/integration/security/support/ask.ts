import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import type { Generated } from './generate.ts'

export type Heard = { status: number; type: string; text: string }

/**
 * Sends the very bytes of a path to a port, which `fetch` would tidy up before.
 * @param localAddress where it seems to come from
 */
export function openLine(t: TestContext, port: number, localAddress = '127.0.0.1') {
	const agent = new Agent({ keepAlive: true, maxSockets: 8 })
	t.after(() => agent.destroy())
	return function ask({ method, path, headers, body }: Generated): Promise<Heard> {
		const bytes = bytesOf(body, headers)
		return new Promise((resolve, reject) => {
			const asking = request({
				agent,
				host: '127.0.0.1',
				port,
				localAddress,
				method,
				path,
				headers,
			})
			asking.setTimeout(PATIENCE_MS, () => {
				resolve({ status: 0, type: '', text: `no answer within ${PATIENCE_MS} ms` })
				asking.destroy()
			})
			asking.on('error', reject).on('response', (response) => {
				const { statusCode: status = 0, headers } = response
				const type = headers['content-type'] ?? ''
				// It would go on for ever.
				if (type.startsWith('text/event-stream')) {
					response.destroy()
					return resolve({ status, type, text: '' })
				}
				text(response).then((said) => resolve({ status, type, text: said }), reject)
			})
			// Node sends the body of a DELETE without any length, which the server takes for another request.
			if (bytes !== undefined && !asking.hasHeader('transfer-encoding'))
				asking.setHeader('content-length', Buffer.byteLength(bytes))
			asking.end(bytes)
		})
	}
}

export type Line = ReturnType<typeof openLine>

const PATIENCE_MS = 40_000

/** How a file stands in a body until that is a form. */
export type FilePart = { filename: string; bytes: string }

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
	const { filename, bytes } = Object(value) as Partial<FilePart>
	const isFile = typeof bytes === 'string' && typeof filename === 'string'
	const file = isFile ? `; filename="${filename}"\r\nContent-Type: text/plain` : ''
	const content = isFile ? bytes : typeof value === 'string' ? value : JSON.stringify(value)
	return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`
}
