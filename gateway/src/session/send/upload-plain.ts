import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Agent } from 'node:https'
import { pipeline } from 'node:stream/promises'
import type { WASocket } from '@whiskeysockets/baileys'
import { uploadToHosts, type AnswerReader } from './upload-to-hosts.ts'

/** Kinds of files that WhatsApp wants without encryption, as Baileys names them. */
export type PlainKind = 'product-catalog-image' | 'biz-cover-photo'

/**
 * Uploads a file as it is. Baileys' own way writes product pictures to a file first, and reads it before it is whole.
 * @throws GatewayError those of `uploadToHosts`
 */
export async function uploadPlain<T>(
	socket: WASocket,
	{ path, kind }: { path: string; kind: PlainKind },
	agent: Agent | undefined,
	read?: AnswerReader<T>,
): Promise<T> {
	const hash = createHash('sha256')
	await pipeline(createReadStream(path), hash)
	return uploadToHosts(socket, { path, kind, hash: hash.digest('base64url') }, { agent }, read)
}
