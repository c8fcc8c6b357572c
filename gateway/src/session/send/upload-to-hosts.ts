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
import { readHostAnswer } from './host-answer.ts'
import { mediaConnOf, type MediaConn } from '../ask/media-conn.ts'

/** A host that takes nothing for so long has failed. */
const IDLE_MS = 30 * SECOND_MS

/** A file on the disk, as it is uploaded. */
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

/** Reads what a media host answers, parsed JSON; undefined if it has not taken the file. */
export type AnswerReader<T> = (answer: Record<string, unknown>) => T | undefined

/**
 * Uploads a file to the first media host that takes it. Baileys' own uploader cannot be ended, and does not say why it
 * failed.
 * @param read @default where the file is
 * @throws GatewayError media_upload_failed, media_refused, and those of `mediaConnOf`
 */
export async function uploadToHosts<T = UploadedPlace>(
	socket: WASocket,
	file: FileToUpload,
	{ agent, signal }: UploadVia = {},
	read: AnswerReader<T> = placeIn as AnswerReader<T>,
): Promise<T> {
	const failures = new Map<string, unknown>()
	// The second time with a new authorization, and the hosts that are named now.
	for (const fresh of [false, true]) {
		const conn = await mediaConnOf(socket, fresh)
		signal?.throwIfAborted()
		for (const host of conn.hosts) {
			try {
				const url = urlAt(host, conn, file)
				const { status, answer } = await upload(url, file.path, { agent, signal })
				return read(answer) ?? refused(status)
			} catch (error) {
				signal?.throwIfAborted()
				failures.set(host, error)
			}
		}
	}
	throw uploadFailed(failures)
}

const urlAt = (host: string, { auth }: MediaConn, { kind, hash }: FileToUpload) =>
	new URL(
		`https://${host}${MEDIA_PATH_MAP[kind]}/${hash}?auth=${encodeURIComponent(auth)}&token=${hash}`,
	)

async function upload(url: URL, path: string, options: UploadVia) {
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
	return { status: response.statusCode, answer: readHostAnswer(await text(response)) }
}

class Refused extends Error {
	/** HTTP status. */
	readonly status: number | undefined

	constructor(status: number | undefined) {
		super(`answered ${status}`)
		this.status = status
	}
}

function refused(status: number | undefined): never {
	throw new Refused(status)
}

/** What a host answers about the file itself; any other one takes it, or another host does, or later. */
const ABOUT_FILE: readonly unknown[] = [400, 406, 413, 415, 422]

const isAboutFile = (error: unknown) =>
	error instanceof Refused && ABOUT_FILE.includes(error.status)

function placeIn({
	url,
	direct_path: directPath,
}: Record<string, unknown>): UploadedPlace | undefined {
	const isPlace = typeof url === 'string' && typeof directPath === 'string'
	return isPlace ? { mediaUrl: url, directPath } : undefined
}

const reasonOf = (error: unknown): string =>
	error instanceof Refused
		? error.message
		: error instanceof ProxyError
			? `was not reached: the proxy ${error.message}`
			: (failureReason(error) ?? 'failed')

function uploadFailed(failures: Map<string, unknown>): GatewayError {
	const each = [...failures].map(([host, error]) => `${host} ${reasonOf(error)}`).join('; ')
	if (failures.size > 0 && [...failures.values()].every(isAboutFile)) {
		const advice = `WhatsApp's media hosts do not take this file: ${each}. Nothing was sent; give another file.`
		return new GatewayError('media_refused', advice)
	}
	const advice = `No media host of WhatsApp took the file: ${each}. Nothing was sent; try again later.`
	return new GatewayError('media_upload_failed', advice, { retryAfter: 30 })
}
