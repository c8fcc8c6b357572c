import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	jidNormalizedUser,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { element } from './element.ts'
import { askIq } from './iq.ts'
import { askUsync } from './usync.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/** Who sees the status updates of the account; one of the lists is in use. */
export type StatusAudience = {
	type: string
	isUsed: boolean
	/** Jids. */
	people: string[]
}

/** WhatsApp's word for each of its categories. @throws GatewayError those of `askWhatsApp` */
export async function readPrivacy(socket: WASocket): Promise<Record<string, string>> {
	const answer = await askIq(socket, {
		type: 'get',
		xmlns: 'privacy',
		content: [element('privacy')],
	})
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
	const content = [element('privacy', {}, [element('category', { name, value })])]
	await askIq(socket, { type: 'set', xmlns: 'privacy', content })
}

/** After how many seconds messages of new chats disappear; 0 for never. @throws GatewayError those of `askWhatsApp` */
export async function readDefaultTimer(socket: WASocket): Promise<number> {
	const [user] = await askUsync(socket, {
		facts: [element('disappearing_mode')],
		users: [element('user', { jid: jidNormalizedUser(socket.user!.id) })],
		mode: 'query',
		context: 'interactive',
	})
	const timer = getBinaryNodeChild(user, 'disappearing_mode')
	if (!timer) throw answerUnreadable('it has no timer')
	return Number(timer.attrs.duration ?? 0)
}

/** Read as whatsmeow does (GetStatusPrivacy). @throws GatewayError those of `askWhatsApp` */
export async function readStatusAudience(socket: WASocket): Promise<StatusAudience[]> {
	const answer = await askIq(socket, {
		type: 'get',
		xmlns: 'status',
		content: [element('privacy')],
	})
	const privacy = getBinaryNodeChild(answer, 'privacy')
	if (!privacy) throw answerUnreadable('it has no lists')
	return getBinaryNodeChildren(privacy, 'list').map((list) => ({
		type: list.attrs.type ?? '',
		isUsed: list.attrs.default === 'true',
		people: getBinaryNodeChildren(list, 'user').flatMap(({ attrs }) => attrs.jid ?? []),
	}))
}
