import { randomBytes } from 'node:crypto'
import { aesEncryptGCM, hmacSign, proto } from '@whiskeysockets/baileys'

/** What is answered, and by whom. */
export type SecretScope = {
	/** The id of the message. */
	id: string
	/** Everybody who has the message has its secret, and nobody else. */
	secret: Uint8Array
	/** Jids. */
	creator: string
	responder: string
}

/** Encrypts a vote for those who have the poll. */
export function encryptVote(vote: proto.Message.IPollVoteMessage, asked: SecretScope) {
	return encryptWithSecret(proto.Message.PollVoteMessage.encode(vote).finish(), 'Poll Vote', asked)
}

/** Encrypts whether somebody comes, for those who have the event. */
export function encryptEventResponse(
	response: proto.Message.IEventResponseMessage,
	asked: SecretScope,
) {
	const plain = proto.Message.EventResponseMessage.encode(response).finish()
	return encryptWithSecret(plain, 'Event Response', asked)
}

// The reverse of what Baileys has for reading (lib/Utils/process-message.js): HKDF of one block.
function encryptWithSecret(
	plain: Uint8Array,
	purpose: string,
	{ id, secret, creator, responder }: SecretScope,
) {
	const info = Buffer.concat([Buffer.from(id + creator + responder + purpose), Buffer.of(1)])
	const key = hmacSign(info, hmacSign(secret, Buffer.alloc(32)))
	const encIv = randomBytes(12)
	return { encPayload: aesEncryptGCM(plain, key, encIv, Buffer.from(`${id}\0${responder}`)), encIv }
}
