import { createHash, createHmac, randomBytes } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'
import { openGcm, sealGcm } from '../wire/ciphers.ts'
import { pnOf } from '../server/jids.ts'
import { contentOf, pollOf } from './content.ts'
import { messageKeyOf, jidsOf, ownJidIn, type FoundMessage } from './find-message.ts'
import type { PhoneContext } from './context.ts'
import { PhoneError } from './phone-error.ts'
import type { Answer, EventResponse } from './received.ts'

/** Answers to polls and events are encrypted once more, with a secret that their message holds. */
type Purpose = 'Poll Vote' | 'Event Response'
type EncryptedPayload = { encPayload: Uint8Array; encIv: Uint8Array }
/** The jids of the author and of the responder, without devices. */
type Pair = { creator: string; responder: string }

const { EventResponseType } = proto.Message.EventResponseMessage
const hmac = (key: Uint8Array, data: Uint8Array) => createHmac('sha256', key).update(data).digest()

/** Secrets come with the message that asks; messages that need one and have none get it here. */
export function withSecret(message: proto.IMessage): proto.IMessage {
	const asks = pollOf(message) ?? contentOf(message).eventMessage
	if (!asks || message.messageContextInfo?.messageSecret) return message
	const messageContextInfo = { ...message.messageContextInfo, messageSecret: randomBytes(32) }
	return { ...message, messageContextInfo }
}

function keyFor(known: FoundMessage, purpose: Purpose, { creator, responder }: Pair): Buffer {
	const content = contentOf(known.message)
	const { messageSecret } = known.message.messageContextInfo ?? content.messageContextInfo ?? {}
	if (!messageSecret?.length) throw new PhoneError(`Message ${known.id} has no secret.`)
	const info = Buffer.concat([Buffer.from(known.id + creator + responder + purpose), Buffer.of(1)])
	return hmac(hmac(Buffer.alloc(32), messageSecret), info)
}

const aadOf = ({ id }: FoundMessage, { responder }: Pair) => Buffer.from(`${id}\0${responder}`)

function encryptWithSecret(
	known: FoundMessage,
	purpose: Purpose,
	pair: Pair,
	plain: Uint8Array,
): EncryptedPayload {
	const encIv = randomBytes(12)
	const key = keyFor(known, purpose, pair)
	return { encPayload: sealGcm(key, encIv, plain, aadOf(known, pair)), encIv }
}

/** Tries both names of both people. @returns undefined when none of them fits */
function decryptWithSecret(
	context: PhoneContext,
	known: FoundMessage,
	purpose: Purpose,
	from: string,
	sealed: Partial<EncryptedPayload>,
) {
	const { encIv, encPayload } = sealed
	if (!encIv || !encPayload) return undefined
	for (const creator of jidsOf(context, known.author))
		for (const responder of jidsOf(context, from)) {
			const pair = { creator, responder }
			try {
				return openGcm(keyFor(known, purpose, pair), encIv, encPayload, aadOf(known, pair))
			} catch {
				continue
			}
		}
	return undefined
}

const optionHash = (name: string) => createHash('sha256').update(name).digest()

/** A vote. @throws PhoneError for options that the poll does not have */
export function vote(context: PhoneContext, poll: FoundMessage, options: string[]): proto.IMessage {
	const known = pollOf(poll.message)?.options?.map(({ optionName }) => optionName ?? '')
	if (!known) throw new PhoneError(`Message ${poll.id} is not a poll.`)
	const unknown = options.find((option) => !known.includes(option))
	if (unknown !== undefined)
		throw new PhoneError(`The poll has no option ${unknown}. It has: ${known.join(', ')}.`)
	const plain = proto.Message.PollVoteMessage.encode({
		selectedOptions: options.map(optionHash),
	}).finish()
	const pair = { creator: poll.author, responder: ownJidIn(context, poll.chat) }
	return {
		pollUpdateMessage: {
			pollCreationMessageKey: messageKeyOf(poll),
			vote: encryptWithSecret(poll, 'Poll Vote', pair, plain),
			senderTimestampMs: Date.now(),
		},
	}
}

/** An encrypted event response. Clients use phone numbers here, even where a chat has LIDs. */
export function encryptedEventResponse(
	context: PhoneContext,
	event: FoundMessage,
	response: EventResponse,
): proto.IMessage {
	if (!contentOf(event.message).eventMessage)
		throw new PhoneError(`Message ${event.id} is not an event.`)
	const type = response.toUpperCase() as 'GOING' | 'NOT_GOING' | 'MAYBE'
	const plain = proto.Message.EventResponseMessage.encode({
		response: EventResponseType[type],
		timestampMs: Date.now(),
	}).finish()
	const pair = { creator: jidsOf(context, event.author)[0]!, responder: pnOf(context.account) }
	return {
		encEventResponseMessage: {
			eventCreationMessageKey: messageKeyOf(event),
			...encryptWithSecret(event, 'Event Response', pair, plain),
		},
	}
}

/** The decrypted vote or response, if the phone has the message it is about. */
export function answerIn(
	context: PhoneContext,
	message: proto.IMessage,
	from: string,
	find: (id: string) => FoundMessage | undefined,
): Partial<Answer> | undefined {
	const { pollUpdateMessage: voted, encEventResponseMessage: responded } = contentOf(message)
	const key = voted?.pollCreationMessageKey ?? responded?.eventCreationMessageKey
	const known = key?.id ? find(key.id) : undefined
	if (!known) return undefined
	if (voted) {
		const plain = decryptWithSecret(
			context,
			known,
			'Poll Vote',
			from,
			voted.vote as EncryptedPayload,
		)
		return plain && { vote: { poll: known.id, options: chosenIn(known, plain) } }
	}
	const plain = decryptWithSecret(
		context,
		known,
		'Event Response',
		from,
		responded as EncryptedPayload,
	)
	if (!plain) return undefined
	const { response } = proto.Message.EventResponseMessage.decode(plain)
	const said = EventResponseType[response ?? EventResponseType.UNKNOWN].toLowerCase()
	return { response: { event: known.id, response: said } }
}

function chosenIn(poll: FoundMessage, plain: Buffer): string[] {
	const { selectedOptions } = proto.Message.PollVoteMessage.decode(plain)
	const names = pollOf(poll.message)?.options?.map(({ optionName }) => optionName ?? '') ?? []
	return names.filter((name) => selectedOptions.some((hash) => optionHash(name).equals(hash)))
}
