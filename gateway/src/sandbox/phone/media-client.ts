import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request, type RequestOptions } from 'node:https'
import { json } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'

/** The media host, its certificate authority, and the authorization. */
export type MediaConnection = { hostname: string; auth: string; ca: string }

type Uploaded = { url: string; direct_path: string; error?: string }

const PATIENCE_MS = 60_000

/** Uploads an encrypted file to the media host; `token` is its SHA-256. @throws the host's error */
export async function upload(
	connection: MediaConnection,
	{ type, token, size, file }: { type: string; token: Buffer; size: number; file: Readable },
): Promise<Uploaded> {
	const name = token.toString('base64url')
	const query = new URLSearchParams({ auth: connection.auth, token: name })
	const asked = ask(connection, `/mms/${type}/${name}?${query}`, {
		method: 'POST',
		headers: { 'content-type': 'application/octet-stream', 'content-length': size },
	})
	const answered = once(asked, 'response') as Promise<[IncomingMessage]>
	const [[response]] = await Promise.all([answered, pipeline(file, asked)])
	const answer = (await json(response)) as Uploaded
	if (response.statusCode === 200) return answer
	throw new Error(`the media host answered ${response.statusCode}: ${answer.error}`)
}

/** Gets an encrypted file. @throws when the host does not have it */
export async function download(
	connection: MediaConnection,
	directPath: string,
): Promise<IncomingMessage> {
	const asked = ask(connection, directPath).end()
	const [response] = (await once(asked, 'response')) as [IncomingMessage]
	if (response.statusCode === 200) return response
	response.resume()
	throw new Error(`the media host answered ${response.statusCode}`)
}

function ask({ hostname, ca }: MediaConnection, path: string, options: RequestOptions = {}) {
	const [host, port] = hostname.split(':')
	const asked = request({ host, port, path, ca, ...options })
	return asked.setTimeout(PATIENCE_MS, () => asked.destroy(new Error('the media host is silent')))
}
