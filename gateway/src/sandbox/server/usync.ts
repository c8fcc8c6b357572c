import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { lidOf } from './jids.ts'
import { pnOf } from './jids.ts'
import { type Account } from './model.ts'
import { isUnlisted } from './lid-migration.ts'
import { QueryError, type Query } from './query.ts'

type Part = (account: Account | undefined, user: BinaryNode) => BinaryNode

/** The parts of a user that may be asked for, by the tag in `<query>`. */
const userParts: Record<string, Part | undefined> = {
	devices: (account) => node('devices', {}, [node('device-list', {}, deviceNodes(account))]),
	lid: (account) => node('lid', { val: account && lidOf(account) }),
	contact: (account, user) => {
		const asked = childOf(user, 'contact')
		const { username } = asked?.attrs ?? {}
		return node('contact', { type: account ? 'in' : 'out', username }, asked?.content)
	},
	status: (account) => {
		if (account?.privacy?.status === 'none' || !account?.about) return node('status', { code: 401 })
		return node('status', { t: account.about.at }, Buffer.from(account.about.text))
	},
	picture: (account) => {
		const shown = account?.privacy?.profile === 'none' ? undefined : account?.picture
		return node('picture', shown ? { id: shown.id } : { code: 404 })
	},
	disappearing_mode: (account) => {
		const { duration, at } = account?.disappearing ?? { duration: 0, at: 0 }
		return node('disappearing_mode', { duration, t: at })
	},
}

const deviceNodes = (account: Account | undefined) =>
	(account?.devices ?? []).map(({ id, keyIndex }) =>
		node('device', { id, 'key-index': id === 0 ? undefined : keyIndex }),
	)

/** Facts about users: whether they are on WhatsApp, devices, LID, "about" and default timer. */
export const usync: Query = (whatsapp, sender, iq) => {
	const request = childOf(iq, 'usync')
	const asked = childrenOf(childOf(request, 'query')).map(({ tag }) => tag)
	const users = childrenOf(childOf(request, 'list'), 'user').flatMap((user) => {
		const { directory } = whatsapp
		const number = contactDigits(user)
		const { username, pin } = childOf(user, 'contact')?.attrs ?? {}
		if (username && whatsapp.hidesUsernames) throw new QueryError(501, 'feature-not-implemented')
		if (username) return [userNamed(directory.named(username), pin, user)]
		const account = user.attrs.jid ? directory.account(user.attrs.jid) : directory.contact(number)
		const about = { asker: sender, person: account, asksDevices: asked.includes('devices') }
		const missing = whatsapp.queryFaults.missingFrom(about)
		if (missing === 'person') return []
		const isHidden = missing === 'devices' || isUnlisted(sender.account, user.attrs.jid)
		const shown = account && isHidden ? { ...account, devices: [] } : account
		const parts = asked.flatMap((tag) => userParts[tag]?.(shown, user) ?? [])
		const found = account ? pnOf(account) : `${number}@s.whatsapp.net`
		return node('user', { jid: user.attrs.jid ?? found }, parts)
	})
	return [node('usync', { ...request?.attrs }, [node('list', {}, users)])]
}

/** By username a person is found under their LID, and not at all without the key that they want. */
function userNamed(
	account: Account | undefined,
	pin: string | undefined,
	user: BinaryNode,
): BinaryNode {
	const isShown = account && (!account.usernameKey || account.usernameKey === pin)
	return node('user', { jid: isShown ? lidOf(account) : undefined }, [
		userParts.contact!(account, user),
	])
}

function contactDigits(user: BinaryNode): string {
	const content = childOf(user, 'contact')?.content ?? ''
	return content.toString().replace(/\D/g, '')
}
