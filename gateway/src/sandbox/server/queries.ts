import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { parseJid, SERVER_JID } from '../wire/jid.ts'
import { syncAppState } from './app-state.ts'
import { businessQueries } from './business-queries.ts'
import { catalogQueries } from './catalog-queries.ts'
import { limitMex } from './account-limits.ts'
import { channelAdminMex } from './channel-admin-mex.ts'
import { channelMex } from './channel-mex.ts'
import { answerMex } from './mex.ts'
import { channelQueries } from './channel-queries.ts'
import type { Party } from './model.ts'
import { communityQueries } from './communities.ts'
import { groupQueries } from './group-queries.ts'
import { keyQueries } from './key-queries.ts'
import { props } from './lid-migration.ts'
import { issueTokens } from './privacy-tokens.ts'
import { orderQueries } from './orders.ts'
import { profileQueries } from './profile-queries.ts'
import { QueryError, type Queries, type Query } from './query.ts'
import { usync } from './usync.ts'
import type { WhatsApp } from './whatsapp.ts'

const unlink: Query = (whatsapp, { account }, iq) => {
	const { device } = parseJid(childOf(iq, 'remove-companion-device')?.attrs.jid ?? '')
	whatsapp.unlink(account, device)
}

const nothing: Query = () => undefined

/** Every query that the server knows. */
const queries: Queries = {
	...keyQueries,
	...profileQueries,
	...groupQueries,
	...communityQueries,
	...channelQueries,
	...businessQueries,
	...catalogQueries,
	...orderQueries,
	'set passive active': (whatsapp, sender) => whatsapp.activate(sender),
	'set passive passive': nothing,
	'get usync usync': usync,
	'get abt props': props,
	'get w props': props,
	'set privacy tokens': issueTokens,
	'get w:mex query': answerMex({ ...channelMex, ...channelAdminMex, ...limitMex }),
	'get w:p ping': nothing,
	'get w:p ': nothing,
	'set md remove-companion-device': unlink,
	'set w:m media_conn': ({ media }, { account }) => [media.connection(account.phone)],
	'set w:sync:app:state sync': syncAppState,
	'set urn:xmpp:whatsapp:dirty clean': nothing,
	'set w:stats add': nothing,
}

/**
 * Answers a device's `<iq>`.
 * @returns `<iq type="result">`, or `<iq type="error">` with 501 for an unknown query
 */
export function answer(whatsapp: WhatsApp, sender: Party, iq: BinaryNode): BinaryNode {
	const { type = 'set', xmlns, id } = iq.attrs
	const name = `${type} ${xmlns} ${childrenOf(iq)[0]?.tag ?? ''}`
	const reply = (outcome: string, content?: BinaryNode[]) =>
		node('iq', { id, from: iq.attrs.to ?? SERVER_JID, type: outcome }, content)
	try {
		if (whatsapp.queryFaults.isOverLimit(sender, iq)) throw new QueryError(429, 'rate-overlimit')
		const query = queries[name]
		if (!query) throw new QueryError(501, 'feature-not-implemented')
		return reply('result', query(whatsapp, sender, iq) ?? undefined)
	} catch (error) {
		const { code, message } =
			error instanceof QueryError ? error : new QueryError(400, (error as Error).message)
		return reply('error', [node('error', { code, text: message })])
	}
}
