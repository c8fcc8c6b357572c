import { unwrap } from '../../messages/wrappers.ts'
import type { SessionState } from '../state/index.ts'
import type { KeptMessage } from '../state/messages.ts'
import { describeMessage, type ReceiveDeps } from './describe-message.ts'

export type KeptDeps = Pick<ReceiveDeps, 'me' | 'otherName' | 'mediaUrl'>

/** A kept message as events have it, and how far it has got if the account has sent it. */
export function describeKept(ready: SessionState, { at, ...kept }: KeptMessage, deps: KeptDeps) {
	const { message_id: id, to: remoteJid, from_me: fromMe, stage, times, content, sender } = kept
	const key = { id, remoteJid, fromMe, ...(sender && { participant: sender }) }
	const message = { key, message: content, messageTimestamp: at ?? null }
	const { messages, votes, timers, undecryptable, contacts } = ready
	const data = describeMessage(message, unwrap(content), {
		...deps,
		...{ messages, votes, timers, undecryptable },
	})
	const names = contacts.namesOf(data.sender)
	const name = data.sender.name ?? names.saved_name ?? names.name ?? null
	return { ...data, sender: { ...data.sender, name }, stage, times }
}
