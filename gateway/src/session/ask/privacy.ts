import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	S_WHATSAPP_NET,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { askWhatsApp } from './ask-whatsapp.ts'
import { askUsync } from './usync.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/** Who sees the status updates of the account; one of the lists is in use. */
export type StatusAudience = {
	type: string
	isUsed: boolean
	/** Jids. */
	people: string[]
}

const query = (socket: WASocket, type: 'get' | 'set', xmlns: string, content: BinaryNode) =>
	askWhatsApp(() =>
		socket.query({ tag: 'iq', attrs: { xmlns, to: S_WHATSAPP_NET, type }, content: [content] }),
	)

/** WhatsApp's word for each of its categories. @throws GatewayError those of `askWhatsApp` */
export async function readPrivacy(socket: WASocket): Promise<Record<string, string>> {
	const answer = await query(socket, 'get', 'privacy', { tag: 'privacy', attrs: {} })
	const privacy = getBinaryNodeChild(answer, 'privacy')
	if (!privacy) throw answerUnreadable('it has no privacy settings')
	return categoriesIn(privacy)
}

/** The words in a node of categories: in an answer, or in a notification. */
export const categoriesIn = (privacy: BinaryNode): Record<string, string> =>
	Object.fromEntries(
		getBinaryNodeChildren(privacy, 'category').map(({ attrs }) => [attrs.name, attrs.value]),
	)

/** @throws GatewayError those of `askWhatsApp` */
export async function writePrivacy(socket: WASocket, name: string, value: string): Promise<void> {
	const content = [{ tag: 'category', attrs: { name, value } }]
	await query(socket, 'set', 'privacy', { tag: 'privacy', attrs: {}, content })
}

/** After how many seconds messages of new chats disappear; 0 for never. @throws GatewayError those of `askWhatsApp` */
export async function readDefaultTimer(socket: WASocket): Promise<number> {
	const [user] = await askUsync(socket, {
		facts: [{ tag: 'disappearing_mode', attrs: {} }],
		users: [{ tag: 'user', attrs: { jid: socket.user!.id.replace(/:\d+@/, '@') } }],
		mode: 'query',
		context: 'interactive',
	})
	const timer = getBinaryNodeChild(user, 'disappearing_mode')
	if (!timer) throw answerUnreadable('it has no timer')
	return Number(timer.attrs.duration ?? 0)
}

/** Read as whatsmeow does (GetStatusPrivacy). @throws GatewayError those of `askWhatsApp` */
export async function readStatusAudience(socket: WASocket): Promise<StatusAudience[]> {
	const answer = await query(socket, 'get', 'status', { tag: 'privacy', attrs: {} })
	const privacy = getBinaryNodeChild(answer, 'privacy')
	if (!privacy) throw answerUnreadable('it has no lists')
	return getBinaryNodeChildren(privacy, 'list').map((list) => ({
		type: list.attrs.type ?? '',
		isUsed: list.attrs.default === 'true',
		people: getBinaryNodeChildren(list, 'user').flatMap(({ attrs }) => attrs.jid ?? []),
	}))
}
