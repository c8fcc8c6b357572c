import type { WAPresence } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { toJid } from '../identity.ts'
import { addressOf } from '../send/address.ts'
import type { SessionDeps } from '../session-deps.ts'

export type Chatstate = 'typing' | 'recording' | 'paused'
export type Presence = 'available' | 'unavailable'

const words: Record<Chatstate, WAPresence> = {
	typing: 'composing',
	recording: 'recording',
	paused: 'paused',
}

/** Shows somebody that a text is being typed, or a voice note recorded. */
export async function showChatstate(deps: SessionDeps, to: string, state: Chatstate) {
	await deps.socket.sendPresenceUpdate(words[state], await addressOf(toJid(to), deps))
}

/** Shows for so long that a text is being typed. Does not wait for the end: it is of no use to anybody. */
export async function showTyping(deps: SessionDeps, to: string, milliseconds: number) {
	await showChatstate(deps, to, 'typing')
	const end = () => void showChatstate(deps, to, 'paused').catch(() => undefined)
	setTimeout(end, milliseconds).unref()
}

/** Shows whether the account is online. */
export async function showPresence({ socket }: SessionDeps, state: Presence) {
	if (!socket.authState.creds.me?.name) {
		const advice = "WhatsApp has not told the account's name yet. Try again in some seconds."
		throw new GatewayError('session_not_open', advice, { retryAfter: 5 })
	}
	await socket.sendPresenceUpdate(state)
}
