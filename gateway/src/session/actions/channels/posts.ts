import {
	generateMessageIDV2,
	getBinaryNodeChildren,
	type BinaryNode,
} from '@whiskeysockets/baileys'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import { element, expected } from '../../ask/element.ts'
import { askIq } from '../../ask/iq.ts'
import { refusedWith } from '../../ask/whatsapp-errors.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { channelJid } from './find.ts'
import { readPosts } from './read-posts.ts'

const XMLNS = 'newsletter'

export type PostsPage = {
	limit: number
	/** Only posts with lower numbers. */
	before?: number | undefined
}

/**
 * A page of the posts of a channel, the newest first, and the number before which the next one starts; null after the
 * last page. Baileys' own function asks for their counts only.
 * @throws as `findChannel`
 */
export async function channelPosts(
	deps: SessionDeps,
	channel: string,
	{ limit, before }: PostsPage,
) {
	const jid = await channelJid(deps, channel)
	const page = { count: String(limit), ...(before !== undefined && { before: String(before) }) }
	const asked = element('messages', { type: 'jid', jid, ...page })
	const answer = await askIq(deps.socket, { type: 'get', xmlns: XMLNS, content: [asked] })
	const nodes = getBinaryNodeChildren(expected(answer, 'messages'), 'message')
	const newestFirst = nodes.sort((a, b) => numberOf(b) - numberOf(a))
	const oldest = newestFirst.at(-1)
	return {
		messages: await readPosts(newestFirst, jid, deps),
		next: oldest && nodes.length >= limit ? numberOf(oldest) : null,
	}
}

const numberOf = ({ attrs }: BinaryNode) => Number(attrs.server_id)

const REMOVED = '7'

/**
 * Reacts to a post. Baileys' own function does not look for the refusal in WhatsApp's acknowledgement.
 * @param number of the post
 * @param emoji empty takes the reaction back
 * @throws as `findChannel`; whatsapp_not_found for a post that is not there
 */
export async function reactToPost(
	deps: SessionDeps,
	channel: string,
	number: number,
	emoji: string,
): Promise<void> {
	const to = await channelJid(deps, channel)
	await askAcknowledged(deps, {
		tag: 'message',
		attrs: { to, type: 'reaction', server_id: String(number), ...(!emoji && { edit: REMOVED }) },
		content: [element('reaction', emoji ? { code: emoji } : {})],
	})
}

/** Counts posts as seen by the account. @throws as `findChannel` */
export async function viewPosts(
	deps: SessionDeps,
	channel: string,
	numbers: number[],
): Promise<void> {
	const to = await channelJid(deps, channel)
	const items = numbers.map((number) => element('item', { server_id: String(number) }))
	const content = [element('list', {}, items)]
	await askAcknowledged(deps, { tag: 'receipt', attrs: { to, type: 'view' }, content })
}

/** Sends a stanza and waits until WhatsApp has acknowledged it; a refusal stands in an attribute. */
async function askAcknowledged({ socket }: SessionDeps, stanza: BinaryNode): Promise<void> {
	const attrs = { ...stanza.attrs, id: generateMessageIDV2() }
	const answer: BinaryNode = await askWhatsApp(() => socket.query({ ...stanza, attrs }))
	if (answer.attrs.error) throw refusedWith(Number(answer.attrs.error), '')
}

/**
 * Has WhatsApp tell reactions and views of a channel's posts.
 * @returns for how long, in seconds
 * @throws as `findChannel`
 */
export async function watchChannel(deps: SessionDeps, channel: string): Promise<number> {
	const to = await channelJid(deps, channel)
	const content = [element('live_updates')]
	const answer = await askIq(deps.socket, { type: 'set', xmlns: XMLNS, to, content })
	return Number(expected(answer, 'live_updates').attrs.duration) || 0
}
