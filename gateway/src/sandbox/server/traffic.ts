import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { parseJid } from '../wire/jid.ts'
import { lidOf, pnOf, senderAttributes, type Account, type Party } from './directory.ts'
import { now, type WhatsApp } from './whatsapp.ts'

type Handler = (whatsapp: WhatsApp, sender: Party, stanza: BinaryNode) => void

/** What goes along with a message to each of its devices, as it came. */
const TRAVELS_ALONG = new Set(['device-identity', 'meta', 'biz', 'bot'])

const isOwn = (sender: Party, { account }: Party) => account === sender.account

const partiesOf = (account: Account): Party[] =>
	account.devices.map((device) => ({ account, device }))

/** The copies of a message, one for each device that it was encrypted for. */
function copiesOf(whatsapp: WhatsApp, stanza: BinaryNode) {
	const listed = childrenOf(childOf(stanza, 'participants'), 'to').map((to) => ({
		jid: to.attrs.jid ?? '',
		encrypted: childrenOf(to, 'enc'),
	}))
	const direct = childrenOf(stanza, 'enc')
	const all = direct.length
		? [...listed, { jid: stanza.attrs.to ?? '', encrypted: direct }]
		: listed
	return all.flatMap(({ jid, encrypted }) => {
		const to = whatsapp.directory.party(jid)
		return to ? [{ to, encrypted }] : []
	})
}

const message: Handler = (whatsapp, sender, stanza) => {
	const { id, to: chat, type, edit, category, recipient } = stanza.attrs
	const t = now()
	const ack = (error?: number) =>
		whatsapp.push(sender, node('ack', { class: 'message', id, from: chat, t, error }))
	const refusal = whatsapp.faults.refusalOf(sender.account.phone, stanza)
	if (refusal !== undefined) return ack(refusal)

	const along = childrenOf(stanza).filter(({ tag }) => TRAVELS_ALONG.has(tag))
	for (const { to, encrypted } of copiesOf(whatsapp, stanza)) {
		const attrs = {
			...senderAttributes(sender),
			...{ id, t, type, edit, category },
			notify: sender.account.name,
			recipient: isOwn(sender, to) && !category ? (recipient ?? chat) : undefined,
		}
		const arriving = whatsapp.faults.asTheyArrive(to.account.phone, encrypted)
		whatsapp.deliver(to, node('message', attrs, [...arriving, ...along]))
	}
	whatsapp.faults.acknowledge(sender.account.phone, () => ack())
}

/** A retry concerns the very device that sent the message; other receipts concern the account. */
function receiversOf(whatsapp: WhatsApp, sender: Party, { attrs: { to = '', type } }: BinaryNode) {
	if (type === 'retry') return whatsapp.directory.party(to) ?? []
	const account = whatsapp.directory.account(to)
	return account ? partiesOf(account).filter(({ device }) => device !== sender.device) : []
}

const receipt: Handler = (whatsapp, sender, stanza) => {
	const { id, type, to, participant, recipient } = stanza.attrs
	whatsapp.settle(sender, ({ tag, attrs }) => tag === 'message' && attrs.id === id)
	const { from } = senderAttributes(sender)
	for (const receiver of [receiversOf(whatsapp, sender, stanza)].flat()) {
		// "inactive" is between the client and the server; the sender sees a plain delivery.
		const seen = type === 'inactive' ? undefined : type
		const attrs = { id, from, type: seen, participant, recipient, t: now() }
		whatsapp.deliver(receiver, node('receipt', attrs, stanza.content))
	}
	whatsapp.push(sender, node('ack', { class: 'receipt', id, from: to, type, participant }))
}

const ack: Handler = (whatsapp, sender, { attrs }) =>
	whatsapp.settle(
		sender,
		(stanza) =>
			stanza.tag === attrs.class &&
			stanza.attrs.id === attrs.id &&
			(stanza.tag === 'message' || stanza.attrs.type === attrs.type),
	)

const presenceNode = (whatsapp: WhatsApp, account: Account) =>
	node('presence', {
		from: account.addressing === 'lid' ? lidOf(account) : pnOf(account),
		type: whatsapp.online.has(account) ? 'available' : 'unavailable',
		last: whatsapp.online.has(account) ? undefined : now(),
	})

const presence: Handler = (whatsapp, sender, { attrs: { type, to = '' } }) => {
	if (type === 'subscribe') {
		const account = whatsapp.directory.account(to)
		if (!account) return
		const known = whatsapp.subscribers.get(account) ?? new Set()
		whatsapp.subscribers.set(account, known.add(sender))
		whatsapp.push(sender, presenceNode(whatsapp, account))
	} else if (type === 'available' || type === 'unavailable') {
		const change = type === 'available' ? 'add' : 'delete'
		whatsapp.online[change](sender.account)
		for (const subscriber of whatsapp.subscribers.get(sender.account) ?? [])
			whatsapp.push(subscriber, presenceNode(whatsapp, sender.account))
	}
}

const chatstate: Handler = (whatsapp, sender, stanza) => {
	const account = whatsapp.directory.account(stanza.attrs.to ?? '')
	const { from } = senderAttributes(sender)
	// A chat state is of a person, not of a device.
	const person = from.replace(`:${parseJid(from).device}@`, '@')
	for (const party of account ? partiesOf(account) : [])
		whatsapp.push(party, node('chatstate', { from: person }, stanza.content))
}

const handlers: Record<string, Handler> = { message, receipt, ack, presence, chatstate }

/** Passes a stanza on to whom it concerns; what is only telemetry ends here. */
export function route(whatsapp: WhatsApp, sender: Party, stanza: BinaryNode): void {
	handlers[stanza.tag]?.(whatsapp, sender, stanza)
}
