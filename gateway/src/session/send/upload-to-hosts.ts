import { open } from 'node:fs/promises'
import { request, type Agent } from 'node:https'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { IncomingMessage } from 'node:http'
import { MEDIA_PATH_MAP, type WASocket } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { ProxyError } from '../../lib/net/proxy-error.ts'
import { failureReason } from '../../lib/net/failure-reason.ts'
import { SECOND_MS } from '../../lib/units.ts'
import { mediaConnOf, type MediaConn } from '../ask/media-conn.ts'

/** A host that takes nothing for so long has failed. */
const IDLE_MS = 30 * SECOND_MS

/** An encrypted file on the disk. */
export type FileToUpload = {
	path: string
	/** Baileys' name of its kind. */
	kind: keyof typeof MEDIA_PATH_MAP
	/** SHA-256, base64url without padding. */
	hash: string
}

/** Where a file is at WhatsApp. */
export type UploadedPlace = { mediaUrl: string; directPath: string }

export type UploadVia = {
	agent?: Agent | undefined
	/** Ends it; it rejects with the signal's reason then. */
	signal?: AbortSignal | undefined
}

/**
 * Uploads a file to the first media host that takes it. Baileys' own uploader cannot be ended, and does not say why it
 * failed.
 * @throws GatewayError media_upload_failed, and those of `mediaConnOf`
 */
export async function uploadToHosts(
	socket: WASocket,
	file: FileToUpload,
	{ agent, signal }: UploadVia = {},
): Promise<UploadedPlace> {
	const failures = new Map<string, string>()
	// The second time with a new authorization, and the hosts that are named now.
	for (const fresh of [false, true]) {
		const conn = await mediaConnOf(socket, fresh)
		signal?.throwIfAborted()
		for (const host of conn.hosts) {
			try {
				return await upload(urlAt(host, conn, file), file.path, { agent, signal })
			} catch (error) {
				signal?.throwIfAborted()
				failures.set(host, reasonOf(error))
			}
		}
	}
	throw uploadFailed(failures)
}

const urlAt = (host: string, { auth }: MediaConn, { kind, hash }: FileToUpload) =>
	new URL(
		`https://${host}${MEDIA_PATH_MAP[kind]}/${hash}?auth=${encodeURIComponent(auth)}&token=${hash}`,
	)

async function upload(url: URL, path: string, options: UploadVia): Promise<UploadedPlace> {
	// Opened now: when this ends early, Baileys removes the file, and a stream could not open it any more.
	const file = await open(path)
	const bytes = file.createReadStream()
	const { size } = await file.stat()
	const sending = request(url, {
		method: 'POST',
		headers: {
			'content-type': 'application/octet-stream',
			'content-length': size,
			origin: 'https://web.whatsapp.com',
		},
		timeout: IDLE_MS,
		...(options.agent && { agent: options.agent }),
		...(options.signal && { signal: options.signal }),
	})
	const idle = Object.assign(new Error('idle'), { code: 'UND_ERR_HEADERS_TIMEOUT' })
	sending.on('timeout', () => sending.destroy(idle))
	const answered = new Promise<IncomingMessage>((resolve, reject) => {
		sending.once('response', resolve).once('error', reject)
	})
	// A host may refuse before it has taken everything: what it says counts, not that the rest could not be sent.
	pipeline(bytes, sending).catch(() => undefined)
	const response = await answered
	return placeIn(response, await text(response))
}

class Refused extends Error {}

function placeIn({ statusCode }: IncomingMessage, body: string): UploadedPlace {
	const { url, direct_path: directPath } = parsed(body)
	if (typeof url === 'string' && typeof directPath === 'string')
		return { mediaUrl: url, directPath }
	throw new Refused(`answered ${statusCode}`)
}

function parsed(body: string): Record<string, unknown> {
	try {
		return Object(JSON.parse(body))
	} catch {
		return {}
	}
}

const reasonOf = (error: unknown): string =>
	error instanceof Refused
		? error.message
		: error instanceof ProxyError
			? `was not reached: the proxy ${error.message}`
			: (failureReason(error) ?? 'failed')

function uploadFailed(failures: Map<string, string>): GatewayError {
	const each = [...failures].map(([host, reason]) => `${host} ${reason}`).join('; ')
	const advice = `No media host of WhatsApp took the file: ${each}. Nothing was sent; try again later.`
	return new GatewayError('media_upload_failed', advice, { retryAfter: 30 })
}
