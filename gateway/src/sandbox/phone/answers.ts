import { createHash } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'
import { pnOf } from '../server/jids.ts'
import { contentOf, pollOf } from './content.ts'
import { messageKeyOf, jidsOf, ownJidIn, type FoundMessage } from './find-message.ts'
import type { PhoneContext } from './context.ts'
import { decryptWithSecret, encryptWithSecret } from './message-secret.ts'
import { PhoneError } from './phone-error.ts'
import type { Answer, EventResponse } from './received.ts'

const { EventResponseType } = proto.Message.EventResponseMessage

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
		const plain = decryptWithSecret(context, known, 'Poll Vote', from, voted.vote ?? {})
		return plain && { vote: { poll: known.id, options: chosenIn(known, plain) } }
	}
	const plain = decryptWithSecret(context, known, 'Event Response', from, responded ?? {})
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
