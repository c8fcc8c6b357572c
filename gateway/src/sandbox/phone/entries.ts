import { proto } from '@whiskeysockets/baileys'
import { pnOf } from '../server/jids.ts'
import { answerIn } from './answers.ts'
import type { PhoneContext } from './context.ts'
import { findMessage, type FoundMessage } from './find-message.ts'
import type { Inbox } from './inbox.ts'
import { mediaIn } from './media-message.ts'
import type { Received } from './received.ts'
import { openSealed } from './sealed.ts'
import type { Sent } from './state.ts'

/** A sent message never changes: it is decoded once. */
const decoded = new WeakMap<Sent, Received>()

/** What a phone has received and sent, in no order but that of `seq`. */
export function entriesOf(context: PhoneContext, inbox: Inbox): Received[] {
	const find = (id: string) => findMessage(context, inbox, id)
	const sent = Object.entries(context.state.sent).map(([id, each]) => {
		const entry = decoded.get(each) ?? sentEntry(context, id, each, find)
		decoded.set(each, entry)
		return entry
	})
	return [...inbox.entries, ...sent]
}

/** A sent message as if it had arrived: with what it says, opened, and with its file. */
function sentEntry(
	context: PhoneContext,
	id: string,
	{ to: chat, message: encoded, at = 0, seq = 0 }: Sent,
	find: (id: string) => FoundMessage | undefined,
): Received {
	const message = proto.Message.decode(encoded)
	const from = pnOf(context.account)
	const file = mediaIn(message)?.file
	return {
		...{ id, chat, from, fromMe: true, timestamp: at, message, copies: 1, seq },
		...answerIn(context, message, from, find),
		...openSealed(context, message, from, find),
		...(file && {
			media: {
				mimetype: file.mimetype,
				size: file.fileLength,
				sha256: Buffer.from(file.fileSha256).toString('hex'),
			},
		}),
	}
}
