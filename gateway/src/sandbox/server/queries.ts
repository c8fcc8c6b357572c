import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { parseJid, SERVER_JID } from '../wire/jid.ts'
import { lidOf, pnOf, type Account, type Party } from './directory.ts'
import { groupNode } from './groups.ts'
import { bundleNode, dispense, readBundle, readSignedPreKey } from './key-bundles.ts'
import type { WhatsApp } from './whatsapp.ts'

/** What a query is refused with: becomes `<iq type="error"><error code text/></iq>`. */
export class QueryError extends Error {
	readonly code: number
	constructor(code: number, text: string) {
		super(text)
		this.code = code
	}
}

type Answer = BinaryNode[] | void
type Query = (whatsapp: WhatsApp, sender: Party, query: BinaryNode) => Answer

const countKeys: Query = (_whatsapp, { device }) => [
	node('count', { value: device.bundle?.oneTime.length ?? 0 }),
]

const uploadKeys: Query = (_whatsapp, { device }, iq) => {
	const known = device.bundle?.oneTime ?? []
	const uploaded = readBundle(iq)
	const fresh = uploaded.oneTime.filter(({ id }) => !known.some((key) => key.id === id))
	device.bundle = { ...uploaded, oneTime: [...known, ...fresh] }
}

const digestKeys: Query = (_whatsapp, { device }) => {
	if (!device.bundle) throw new QueryError(404, 'item-not-found')
	return [node('digest', {}, bundleNode(device.bundle).slice(0, 4))]
}

const rotateSignedPreKey: Query = (_whatsapp, { device }, iq) => {
	if (!device.bundle) throw new QueryError(404, 'item-not-found')
	device.bundle.signedPreKey = readSignedPreKey(childOf(iq, 'rotate'))
}

const fetchKeys: Query = (whatsapp, _sender, iq) => {
	const users = childrenOf(childOf(iq, 'key'), 'user').map(({ attrs: { jid = '' } }) => {
		const party = whatsapp.directory.party(jid)
		if (!party?.device.bundle) {
			return node('user', { jid }, [node('error', { code: 404, text: 'item-not-found' })])
		}
		const content = bundleNode(dispense(party.device.bundle))
		whatsapp.watchPreKeys(party)
		return node('user', { jid }, content)
	})
	return [node('list', {}, users)]
}

/** The parts of a user that a usync may ask for, by the tag in its `<query>`. */
const userParts: Record<string, (account: Account | undefined, user: BinaryNode) => BinaryNode> = {
	devices: (account) => node('devices', {}, [node('device-list', {}, deviceNodes(account))]),
	lid: (account) => node('lid', { val: account && lidOf(account) }),
	contact: (account, user) =>
		node('contact', { type: account ? 'in' : 'out' }, childOf(user, 'contact')?.content),
	status: () => node('status', { code: 401 }),
	disappearing_mode: () => node('disappearing_mode', { duration: 0, t: 0 }),
}

const deviceNodes = (account: Account | undefined) =>
	(account?.devices ?? []).map(({ id, keyIndex }) =>
		node('device', { id, 'key-index': id === 0 ? undefined : keyIndex }),
	)

const usync: Query = (whatsapp, _sender, iq) => {
	const request = childOf(iq, 'usync')
	const asked = childrenOf(childOf(request, 'query')).map(({ tag }) => tag)
	const users = childrenOf(childOf(request, 'list'), 'user').map((user) => {
		const jid = user.attrs.jid ?? `${contactDigits(user)}@s.whatsapp.net`
		const account = whatsapp.directory.account(jid)
		const parts = asked.flatMap((tag) => userParts[tag]?.(account, user) ?? [])
		return node('user', { jid: jid.includes('@') ? jid : account && pnOf(account) }, parts)
	})
	return [node('usync', { ...request?.attrs }, [node('list', {}, users)])]
}

function contactDigits(user: BinaryNode): string {
	const content = childOf(user, 'contact')?.content ?? ''
	return content.toString().replace(/\D/g, '')
}

const props: Query = () => [node('props', { protocol: 1, hash: 'sandbox' }, [])]

const privacy: Query = () => {
	const settings = {
		readreceipts: 'all',
		last: 'all',
		profile: 'all',
		status: 'all',
		online: 'all',
	}
	const categories = Object.entries(settings).map(([name, value]) =>
		node('category', { name, value }),
	)
	return [
		node('privacy', {}, [...categories, node('category', { name: 'groupadd', value: 'all' })]),
	]
}

/** Nothing is stored of the shared settings yet: every collection stays at the version asked for. */
const syncAppState: Query = (_whatsapp, _sender, iq) => {
	const collections = childrenOf(childOf(iq, 'sync'), 'collection')
	const known = collections.map(({ attrs: { name, version } }) =>
		node('collection', { name, version }),
	)
	return [node('sync', {}, known)]
}

const unlink: Query = (whatsapp, { account }, iq) => {
	const { device } = parseJid(childOf(iq, 'remove-companion-device')?.attrs.jid ?? '')
	whatsapp.unlink(account, device)
}

const describeGroup: Query = ({ directory }, { account }, { attrs: { to = '' } }) => {
	const group = directory.groups.get(to)
	if (!group) throw new QueryError(404, 'item-not-found')
	if (!(account.phone in group.members)) throw new QueryError(403, 'forbidden')
	return [groupNode(directory, group)]
}

const ownGroups: Query = ({ directory }, { account }) => {
	const own = [...directory.groups.values()].filter(({ members }) => account.phone in members)
	return [
		node(
			'groups',
			{},
			own.map((group) => groupNode(directory, group)),
		),
	]
}

const nothing: Query = () => undefined

/** Every query that the server knows: `type xmlns first-child`. */
const queries: Record<string, Query> = {
	'get encrypt count': countKeys,
	'set encrypt registration': uploadKeys,
	'get encrypt digest': digestKeys,
	'set encrypt rotate': rotateSignedPreKey,
	'get encrypt key': fetchKeys,
	'set passive active': (whatsapp, sender) => whatsapp.activate(sender),
	'set passive passive': nothing,
	'get usync usync': usync,
	'get abt props': props,
	'get w props': props,
	'get privacy privacy': privacy,
	'set privacy tokens': nothing,
	'get blocklist ': () => [node('list', {}, [])],
	'get w:p ping': nothing,
	'get w:p ': nothing,
	'set md remove-companion-device': unlink,
	'set w:m media_conn': ({ media }, { account }) => [media.connection(account.phone)],
	'get w:g2 query': describeGroup,
	'get w:g2 participating': ownGroups,
	'set w:sync:app:state sync': syncAppState,
	'set urn:xmpp:whatsapp:dirty clean': nothing,
	'set w:stats add': nothing,
	'get w:profile:picture picture': () => {
		throw new QueryError(404, 'item-not-found')
	},
}

/**
 * Answers a device's `<iq>`.
 * @returns `<iq type="result">`, or `<iq type="error">` with 501 for what this server does not know
 */
export function answer(whatsapp: WhatsApp, sender: Party, iq: BinaryNode): BinaryNode {
	const { type = 'set', xmlns, id } = iq.attrs
	const name = `${type} ${xmlns} ${childrenOf(iq)[0]?.tag ?? ''}`
	const reply = (outcome: string, content?: BinaryNode[]) =>
		node('iq', { id, from: iq.attrs.to ?? SERVER_JID, type: outcome }, content)
	try {
		const query = queries[name]
		if (!query) throw new QueryError(501, 'feature-not-implemented')
		return reply('result', query(whatsapp, sender, iq) ?? undefined)
	} catch (error) {
		const { code, message } =
			error instanceof QueryError ? error : new QueryError(400, (error as Error).message)
		return reply('error', [node('error', { code, text: message })])
	}
}
