import { randomBytes } from 'node:crypto'
import type { proto } from '@whiskeysockets/baileys'
import { hkdf, openGcm, sealGcm } from '../wire/ciphers.ts'
import { contentOf } from './content.ts'
import { jidsOf, type FoundMessage } from './find-message.ts'
import type { PhoneContext } from './context.ts'
import { PhoneError } from './phone-error.ts'

/** What is encrypted once more with the secret of the message that it is about. */
export type Purpose =
	'Poll Vote' | 'Event Response' | 'Enc Reaction' | 'Enc Comment' | 'Event Edit' | 'Message Edit'

export type EncryptedPayload = { encPayload: Uint8Array; encIv: Uint8Array }
/** The jids of the author and of the person who adds to the message, without devices. */
export type Pair = { creator: string; responder: string }

/** Those are bound to the person who sends them; the others have no additional data. */
const BOUND = new Set<Purpose>(['Poll Vote', 'Event Response'])

/** What is about another message has no secret of its own. */
const WITHOUT_SECRET: (keyof proto.IMessage)[] = [
	'protocolMessage',
	'reactionMessage',
	'encReactionMessage',
	'pollUpdateMessage',
	'encEventResponseMessage',
	'secretEncryptedMessage',
	'pinInChatMessage',
	'keepInChatMessage',
]

/** Whether a person writes this: it is not only about another message or the chat. */
export function isWritten(message: proto.IMessage): boolean {
	const content = contentOf(message)
	return !WITHOUT_SECRET.some((name) => content[name])
}

/** A message with the secret that phones give to all that a person writes. */
export function withSecret(message: proto.IMessage): proto.IMessage {
	if (!isWritten(message) || message.messageContextInfo?.messageSecret) return message
	const messageContextInfo = { ...message.messageContextInfo, messageSecret: randomBytes(32) }
	return { ...message, messageContextInfo }
}

export function secretOf({ message }: FoundMessage): Uint8Array | undefined {
	const { messageContextInfo } = contentOf(message)
	const secret = (message.messageContextInfo ?? messageContextInfo)?.messageSecret
	return secret?.length ? secret : undefined
}

function keyFor(known: FoundMessage, purpose: Purpose, { creator, responder }: Pair): Buffer {
	const secret = secretOf(known)
	if (!secret) throw new PhoneError(`Message ${known.id} has no secret.`)
	return hkdf(secret, Buffer.alloc(32), known.id + creator + responder + purpose, 32)
}

const aadOf = ({ id }: FoundMessage, purpose: Purpose, { responder }: Pair) =>
	Buffer.from(BOUND.has(purpose) ? `${id}\0${responder}` : '')

/** @throws PhoneError for a message that has no secret */
export function encryptWithSecret(
	known: FoundMessage,
	purpose: Purpose,
	pair: Pair,
	plain: Uint8Array,
): EncryptedPayload {
	const encIv = randomBytes(12)
	const key = keyFor(known, purpose, pair)
	return { encPayload: sealGcm(key, encIv, plain, aadOf(known, purpose, pair)), encIv }
}

/** Tries both names of both people. @returns undefined when none of them fits */
export function decryptWithSecret(
	context: PhoneContext,
	known: FoundMessage,
	purpose: Purpose,
	from: string,
	{ encIv, encPayload }: { encIv?: Uint8Array | null; encPayload?: Uint8Array | null },
): Buffer | undefined {
	if (!encIv || !encPayload) return undefined
	for (const creator of jidsOf(context, known.author))
		for (const responder of jidsOf(context, from)) {
			const pair = { creator, responder }
			try {
				const key = keyFor(known, purpose, pair)
				return openGcm(key, encIv, encPayload, aadOf(known, purpose, pair))
			} catch {
				continue
			}
		}
	return undefined
}
