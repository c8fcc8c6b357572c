import { childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { LID_SERVER, parseJid } from '../wire/jid.ts'
import { passCall } from './calls.ts'
import { isChannel, publish, view } from './channels.ts'
import { copiesOf, isBroadcast } from './fan-out.ts'
import { senderAttributes } from './jids.ts'
import { partiesOf } from './jids.ts'
import { lidOf } from './jids.ts'
import { pnOf } from './jids.ts'
import { type Party } from './model.ts'
import { type Account } from './model.ts'
import { isAdmin, isGroup, participantAttributes } from './groups.ts'
import { type Group } from './model.ts'
import { wrongAddress } from './lid-migration.ts'
import { type WhatsApp } from './whatsapp.ts'
import { answer } from './queries.ts'
import { now } from './stanza.ts'

type Handler = (whatsapp: WhatsApp, sender: Party, stanza: BinaryNode) => void

/** Nodes that are passed on unchanged with a message. */
const TRAVELS_ALONG = new Set(['device-identity', 'meta', 'biz', 'bot'])

const isOwn = (sender: Party, { account }: Party) => account === sender.account

/** The sender of a message or receipt, as its receivers see it. */
function originOf(sender: Party, chat: string, group?: Group) {
	if (group) return { from: chat, ...participantAttributes(group, sender) }
	const { from, ...other } = senderAttributes(sender)
	return isBroadcast(chat)
		? { from: chat, participant: from, ...asParticipant(other) }
		: { from, ...other }
}

/** The attributes of a copy for the sender's other devices, with the recipient's other jid. */
function echoOf(whatsapp: WhatsApp, sender: Party, recipient: string) {
	const account = whatsapp.directory.account(recipient)
	const isLid = parseJid(recipient).server === LID_SERVER
	return {
		from: senderAttributes(sender).from,
		recipient,
		peer_recipient_pn: isLid && account ? pnOf(account) : undefined,
		peer_recipient_lid: !isLid && account ? lidOf(account) : undefined,
	}
}

const asParticipant = ({ sender_pn, sender_lid }: { sender_pn?: string; sender_lid?: string }) => ({
	participant_pn: sender_pn,
	participant_lid: sender_lid,
})

const message: Handler = (whatsapp, sender, stanza) => {
	const { id, to: chat = '', type, edit, category, recipient } = stanza.attrs
	const t = now()
	const ack = (outcome: Record<string, number | string | undefined> = {}) =>
		whatsapp.push(sender, node('ack', { class: 'message', id, from: chat, t, ...outcome }))
	const group = whatsapp.directory.groups.get(chat)
	const refusal =
		wrongAddress(sender, stanza) ??
		whatsapp.faults.refusalOf(sender.account.phone, stanza) ??
		notAllowed(sender, stanza, group)
	if (refusal !== undefined) return ack({ error: refusal })
	const successor = whatsapp.directory.successorOf(chat)
	if (successor) return ack({ refresh_lid: 'true', error: successor.formerLidsRefusedWith })
	if (isChannel(chat)) {
		const outcome = publish(whatsapp, sender, stanza)
		return whatsapp.faults.acknowledge(sender.account.phone, () => ack(outcome))
	}

	const isPersonal = !group && !isBroadcast(chat)
	const along = childrenOf(stanza).filter(({ tag }) => TRAVELS_ALONG.has(tag))
	for (const { to, encrypted } of copiesOf(whatsapp, sender, stanza, group)) {
		const isEcho = isPersonal && isOwn(sender, to) && !category
		const attrs = {
			...(isEcho ? echoOf(whatsapp, sender, recipient ?? chat) : originOf(sender, chat, group)),
			addressing_mode: group?.addressing,
			...{ id, t, type, edit, category },
			notify: sender.account.name,
		}
		const arriving = whatsapp.faults.asTheyArrive(to.account.phone, encrypted)
		const copy = node('message', attrs, [...arriving, ...along])
		const isSenders = isOwn(sender, to) && whatsapp.directory.account(chat) !== sender.account
		deliverCopy(whatsapp, to, isSenders ? copy : whatsapp.stanzaChanges.apply(sender, to, copy))
	}
	whatsapp.faults.acknowledge(sender.account.phone, () => ack())
}

/** Delivers now; or later, where it was asked for again and such messages come late. */
function deliverCopy(whatsapp: WhatsApp, to: Party, copy: BinaryNode): void {
	const late = isSentAgain(copy) ? whatsapp.faults.latenessFor(to) : undefined
	if (!late) return whatsapp.deliver(to, copy)
	const t = String(late.t ?? copy.attrs.t)
	const delayed = { ...copy, attrs: { ...copy.attrs, t } }
	setTimeout(() => whatsapp.deliver(to, delayed), late.milliseconds).unref()
}

/** An admin deletes the message of another member. The content is encrypted; this attribute is not. */
const ADMIN_DELETION = '8'

/** 404 for a group that is not there, 403 where the sender is not in it, or only admins may do it. */
function notAllowed(
	{ account }: Party,
	{ attrs }: BinaryNode,
	group: Group | undefined,
): number | undefined {
	if (!isGroup(attrs.to)) return undefined
	if (!group) return 404
	if (!(account.phone in group.members)) return 403
	const needsAdmin = group.announcement || attrs.edit === ADMIN_DELETION
	return needsAdmin && !isAdmin(group, account) ? 403 : undefined
}

/**
 * A retry concerns the very device that sent the message, a file that is gone one's own phone; other receipts
 * concern the account.
 */
function receiversOf(whatsapp: WhatsApp, sender: Party, { attrs }: BinaryNode) {
	const about = isGroup(attrs.to) || isBroadcast(attrs.to) ? attrs.participant : attrs.to
	if (attrs.type === 'retry') return whatsapp.directory.party(about ?? '') ?? []
	if (attrs.type === 'server-error') return partiesOf(sender.account).slice(0, 1)
	const account = whatsapp.directory.account(about ?? '')
	return account ? partiesOf(account).filter(({ device }) => device !== sender.device) : []
}

const receipt: Handler = (whatsapp, sender, stanza) => {
	const { id, type, to, participant, recipient } = stanza.attrs
	whatsapp.settle(sender, ({ tag, attrs }) => tag === 'message' && attrs.id === id)
	const ack = (outcome: { error?: number } = {}) =>
		whatsapp.push(
			sender,
			node('ack', { class: 'receipt', id, from: to, type, participant, ...outcome }),
		)
	if (type === 'view' && isChannel(to)) return ack(view(whatsapp, sender, stanza))
	const group = whatsapp.directory.groups.get(to ?? '')
	const many = group || isBroadcast(to)
	const origin = many
		? originOf(sender, to ?? '', group)
		: { from: senderAttributes(sender).from, participant }
	for (const receiver of [receiversOf(whatsapp, sender, stanza)].flat()) {
		// "inactive" is between the client and the server; the sender sees a plain delivery.
		const seen = type === 'inactive' ? undefined : type
		const attrs = { id, ...origin, type: seen, recipient, t: now() }
		const pass = () => whatsapp.deliver(receiver, node('receipt', attrs, stanza.content))
		// The server answers a message before it passes on what was answered to it.
		if (type === 'retry' || type === 'server-error') pass()
		else whatsapp.faults.acknowledge(receiver.account.phone, pass)
	}
	ack()
}

const ack: Handler = (whatsapp, sender, { attrs }) =>
	whatsapp.settle(sender, (stanza) => {
		if (stanza.tag !== attrs.class || stanza.attrs.id !== attrs.id) return false
		if (stanza.tag !== 'message') return stanza.attrs.type === attrs.type
		// A refusal is about the first copy: clients send it after they have requested another one.
		return !attrs.error || !isSentAgain(stanza)
	})

const isSentAgain = (message: BinaryNode) =>
	childrenOf(message, 'enc').some((encrypted) => encrypted.attrs.count !== undefined)

const presenceNode = (whatsapp: WhatsApp, account: Account) =>
	node('presence', {
		from: account.addressing === 'lid' ? lidOf(account) : pnOf(account),
		type: whatsapp.online.has(account) ? 'available' : 'unavailable',
		last: whatsapp.online.has(account) ? undefined : now(),
	})

const presence: Handler = (whatsapp, sender, { attrs: { type, name, to = '' } }) => {
	sender.account.name = name ?? sender.account.name
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

const handlers: Record<string, Handler> = {
	...{ message, receipt, ack, presence, chatstate },
	call: passCall,
}

/** Takes a stanza from a device: answers a query, passes anything else on. Telemetry ends here. */
export function accept(whatsapp: WhatsApp, sender: Party, stanza: BinaryNode): void {
	if (stanza.tag === 'iq') {
		if (stanza.attrs.type === 'result' || stanza.attrs.type === 'error') return
		if (whatsapp.queryFaults.isSilent(sender, stanza)) return
		whatsapp.push(sender, answer(whatsapp, sender, stanza))
	} else handlers[stanza.tag]?.(whatsapp, sender, stanza)
	whatsapp.events.emit('change')
}
