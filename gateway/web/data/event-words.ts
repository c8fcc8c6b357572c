import type { GatewayEvent } from '../../src/events/index.ts'

type Data = Record<string, any>

const nameOf = (identity: Data | null | undefined): string =>
	identity?.name ?? (identity?.phone ? `+${identity.phone}` : (identity?.id ?? 'Somebody'))

const shortened = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text)

/** What a message says: its text, or the kind that it is. */
const said = ({ text, type }: Data) => (text ? shortened(text) : type)

/** A sentence for each event that people look for; the rest says its type. */
const sentences: Partial<Record<GatewayEvent['type'], (data: Data) => string>> = {
	'message.received': (data) => `${nameOf(data.sender)} wrote: ${said(data)}`,
	'message.sent': (data) => `Written to ${nameOf(data.chat)}: ${said(data)}`,
	'message.outgoing': (data) => `Sent to ${nameOf(data.chat)}: ${said(data)}`,
	'message.status': (data) => `A message to ${nameOf(data.chat)} is ${data.status}`,
	'message.edited': (data) => `${nameOf(data.sender)} changed a message: ${said(data)}`,
	'message.deleted': (data) => `${nameOf(data.sender ?? data.chat)} deleted a message`,
	'message.reaction': (data) =>
		data.emoji
			? `${nameOf(data.sender)} reacted with ${data.emoji}`
			: `${nameOf(data.sender)} took a reaction back`,
	'message.undecryptable': (data) => `A message of ${nameOf(data.sender)} could not be decrypted`,
	'poll.vote': (data) => `${nameOf(data.voter ?? data.sender)} voted`,
	'chat.presence': (data) => `${nameOf(data.sender)} is ${data.presence}`,
	'call.received': (data) => `${nameOf(data.sender)} calls`,
	'group.participants': (data) => `Members of ${nameOf(data.chat)} changed`,
	'session.status': (data) => `Now: ${data.status}`,
	'session.limits': (data) => data.text ?? 'The limits changed',
	'session.qr': () => 'A new QR code',
	'session.pairing_code': () => 'A pairing code',
	'session.pairing_link': (data) => `The pairing link was ${data.state}`,
	'session.passkey': (data) => `Linking with a passkey: ${data.stage}`,
	'session.version': ({ refused, version }) =>
		`WhatsApp refused version ${refused}: ${version ? `now ${version}` : 'no newer one is known'}`,
	'session.restored': (data) =>
		data.cause === 'restored' ? 'Goes on from a backup' : 'The database has lost changes',
	'status.received': (data) => `${nameOf(data.sender)} posted a status`,
}

/** What happened, in a sentence. */
export function sentenceOf({ type, data }: GatewayEvent): string {
	return sentences[type]?.(data as Data) ?? type
}

/** An own message of which only a `message.status` is known: to whom it went, and why it failed. */
export function ownMessage({ data }: GatewayEvent): string {
	const { chat, error } = data as Data
	return `A message to ${nameOf(chat)}${error ? ` failed: ${error.detail}` : ''}`
}

/** Told too often to be read. */
export const isChatter = ({ type }: GatewayEvent) => type === 'chat.presence'
