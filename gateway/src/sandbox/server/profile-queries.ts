import { randomBytes } from 'node:crypto'
import { bytesOf, childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { LID_SERVER, parseJid } from '../wire/jid.ts'
import { lidOf, partiesOf, pnOf } from './jids.ts'
import { type Party } from './model.ts'
import { type Account } from './model.ts'
import { mayEditGroup, membersOf } from './groups.ts'
import { forbidden, notFound, QueryError, type Queries, type Query } from './query.ts'
import { type WhatsApp } from './whatsapp.ts'
import { newStanzaId } from './stanza.ts'
import { now } from './stanza.ts'

/** WhatsApp's default privacy settings. */
const DEFAULT_PRIVACY = {
	readreceipts: 'all',
	last: 'all',
	profile: 'all',
	status: 'all',
	online: 'all',
	groupadd: 'all',
	calladd: 'all',
	messages: 'all',
}

const privacyNode = (settings: Record<string, string>) => {
	const categories = Object.entries(settings).map(([name, value]) =>
		node('category', { name, value }),
	)
	return node('privacy', {}, categories)
}

const readPrivacy: Query = (_whatsapp, { account }) => [
	privacyNode({ ...DEFAULT_PRIVACY, ...account.privacy }),
]

/** The words of each setting; real WhatsApp takes any and says nothing. */
const AUDIENCE = ['all', 'contacts', 'contact_blacklist', 'none']
const PRIVACY_WORDS: Record<string, string[]> = {
	readreceipts: ['all', 'none'],
	online: ['all', 'match_last_seen'],
	calladd: ['all', 'known'],
	messages: ['all', 'contacts'],
	last: AUDIENCE,
	profile: AUDIENCE,
	status: AUDIENCE,
	groupadd: AUDIENCE,
}

const setPrivacy: Query = (whatsapp, sender, iq) => {
	const { name = '', value = '' } = childOf(childOf(iq, 'privacy'), 'category')?.attrs ?? {}
	if (!PRIVACY_WORDS[name]?.includes(value)) throw new QueryError(400, 'bad-request')
	sender.account.privacy = { ...sender.account.privacy, [name]: value }
	tellOwn(whatsapp, sender, privacyNode({ [name]: value }))
	return [privacyNode({ [name]: value })]
}

const STATUS_LISTS = ['contacts', 'blacklist', 'whitelist'] as const

const readStatusPrivacy: Query = (_whatsapp, { account }) => {
	const { type: chosen, people } = account.statusAudience ?? { type: 'contacts', people: [] }
	const lists = STATUS_LISTS.map((type) => {
		const users = type === chosen ? people.map((jid) => node('user', { jid })) : []
		return node('list', { type, default: type === chosen ? 'true' : undefined }, users)
	})
	return [node('privacy', {}, lists)]
}

const setStatusPrivacy: Query = (_whatsapp, { account }, iq) => {
	const list = childOf(childOf(iq, 'privacy'), 'list')
	const type = STATUS_LISTS.find((known) => known === list?.attrs.type)
	if (!type) throw new QueryError(400, 'bad-request')
	const people = childrenOf(list, 'user').map(({ attrs }) => attrs.jid ?? '')
	account.statusAudience = { type, people }
}

/** Notifies the other devices of an account of a change by one of them. */
function tellOwn(whatsapp: WhatsApp, { account, device }: Party, content: BinaryNode): void {
	for (const other of account.devices.filter((each) => each !== device)) {
		const attrs = { id: newStanzaId(), from: pnOf(account), type: 'account_sync', t: now() }
		whatsapp.deliver({ account, device: other }, node('notification', attrs, [content]))
	}
}

const blocked = ({ directory }: WhatsApp, { blocked: phones = [] }: Account) =>
	phones.flatMap((phone) => directory.accounts.get(phone) ?? [])

const readBlocklist: Query = (whatsapp, { account }) => {
	const items = blocked(whatsapp, account).map((each) => node('item', { jid: lidOf(each) }))
	return [node('list', {}, items)]
}

const setBlocklist: Query = (whatsapp, sender, iq) => {
	const { jid = '', action, pn_jid: number } = childOf(iq, 'item')?.attrs ?? {}
	const target = whatsapp.directory.account(jid)
	if (!target) throw notFound()
	// WhatsApp blocks by the LID and the number together.
	const isWhole = parseJid(jid).server === LID_SERVER && number === pnOf(target)
	if (action === 'block' && !isWhole) throw new QueryError(400, 'bad-request')
	const others = (sender.account.blocked ?? []).filter((phone) => phone !== target.phone)
	sender.account.blocked = action === 'block' ? [...others, target.phone] : others
	const item = node('item', { jid: lidOf(target), action })
	tellOwn(whatsapp, sender, node('blocklist', { action: 'modify' }, [item]))
	return readBlocklist(whatsapp, sender, iq)
}

const setAbout: Query = (whatsapp, { account }, iq) => {
	const text = bytesOf(iq, 'status')
	account.about = text.length ? { text: text.toString(), at: now() } : undefined
	const attrs = { id: newStanzaId(), from: pnOf(account), type: 'status', t: now() }
	const others = [...whatsapp.directory.accounts.values()].filter((each) => each !== account)
	for (const party of others.flatMap(partiesOf))
		whatsapp.deliver(party, node('notification', attrs, [node('set', {}, text)]))
}

const setDisappearing: Query = (whatsapp, sender, iq) => {
	const duration = Number(childOf(iq, 'disappearing_mode')?.attrs.duration)
	sender.account.disappearing = { duration, at: now() }
	tellOwn(whatsapp, sender, node('disappearing_mode', { duration, t: now() }))
}

const reportSpam: Query = (_whatsapp, { account }, iq) => {
	const list = childOf(iq, 'spam_list')
	const { id: message_id, from, t, participant = null } = childOf(list, 'message')?.attrs ?? {}
	const flow = list?.attrs.spam_flow
	if (!message_id || !from || !t || !flow) throw new QueryError(400, 'bad-request')
	const id = randomBytes(8).toString('hex')
	account.reports = [
		...(account.reports ?? []),
		{ id, message_id, from, participant, at: Number(t), flow },
	]
	return [node('report_id', {}, Buffer.from(id))]
}

/** The owner of a picture: a group, another account, or the own account. */
function pictured({ directory }: WhatsApp, { account }: Party, { attrs: { target } }: BinaryNode) {
	if (!target) return account
	return directory.groups.get(target) ?? directory.account(target)
}

const readPicture: Query = (whatsapp, sender, iq) => {
	const subject = pictured(whatsapp, sender, iq)
	if (!subject?.picture) throw notFound()
	const hidden = 'phone' in subject && subject.privacy?.profile === 'none'
	if (hidden && subject !== sender.account) throw new QueryError(401, 'not-authorized')
	const { id } = subject.picture
	const attrs = { id, url: whatsapp.media.pictureUrl(id), type: childOf(iq, 'picture')?.attrs.type }
	return [node('picture', attrs)]
}

const setPicture: Query = (whatsapp, sender, iq) => {
	const subject = pictured(whatsapp, sender, iq)
	if (!subject) throw notFound()
	const isPerson = 'phone' in subject
	if (isPerson ? subject !== sender.account : !mayEditGroup(subject, sender.account))
		throw forbidden()
	const image = childOf(iq, 'picture')
	const id = String(randomBytes(6).readUIntBE(0, 6))
	subject.picture = image && { id, image: bytesOf(iq, 'picture') }
	const from = isPerson ? pnOf(subject) : subject.id
	const author = pnOf(sender.account)
	const change = image
		? node('set', { jid: from, id, author })
		: node('delete', { jid: from, author })
	const audience = isPerson
		? whatsapp.directory.accounts.values()
		: membersOf(whatsapp.directory, subject)
	for (const account of audience)
		for (const device of account.devices.filter(
			(each) => each.id !== 0 && each !== sender.device,
		)) {
			const attrs = { id: newStanzaId(), from, type: 'picture', t: now() }
			whatsapp.deliver({ account, device }, node('notification', attrs, [change]))
		}
	return image ? [node('picture', { id })] : undefined
}

/** Queries about profiles and privacy. */
export const profileQueries: Queries = {
	'get privacy privacy': readPrivacy,
	'set privacy privacy': setPrivacy,
	'get status privacy': readStatusPrivacy,
	'set status privacy': setStatusPrivacy,
	'get blocklist ': readBlocklist,
	'set blocklist item': setBlocklist,
	'set status status': setAbout,
	'set spam spam_list': reportSpam,
	'set disappearing_mode disappearing_mode': setDisappearing,
	'get w:profile:picture picture': readPicture,
	'set w:profile:picture picture': setPicture,
	'set w:profile:picture ': setPicture,
}
