import { SERVER_JID } from '../wire/jid.ts'
import { node } from '../wire/node.ts'
import type { Account, Channel, Device, Published } from './model.ts'
import { newStanzaId, now } from './stanza.ts'
import type { WhatsApp } from './whatsapp.ts'

/** A change that GraphQL tells: the operation, and what stands below its name. */
export type Notice = { operation: string; path: string; data: object }

/** Notifies the devices of people of a change of a channel, but for the one that has made it. */
export function notifyChannel(
	whatsapp: WhatsApp,
	to: Iterable<Account>,
	{ operation, path, data }: Notice,
	except: Device | undefined,
): void {
	const content = Buffer.from(JSON.stringify({ data: { [path]: data } }))
	for (const account of new Set(to))
		for (const device of account.devices.filter((each) => each !== except)) {
			const attrs = { id: newStanzaId(), from: SERVER_JID, type: 'mex', t: now() }
			const update = node('update', { op_name: operation }, content)
			whatsapp.deliver({ account, device }, node('notification', attrs, [update]))
		}
}

export const accountsOf = ({ directory: { accounts } }: WhatsApp, phones: string[]) =>
	phones.flatMap((phone) => accounts.get(phone) ?? [])

/** How often a post was seen, and which reactions it has. */
export function countNodes({ viewers = [], reactions }: Published) {
	const counts = new Map<string, number>()
	for (const code of Object.values(reactions)) counts.set(code, (counts.get(code) ?? 0) + 1)
	const listed = [...counts].map(([code, count]) => node('reaction', { code, count }))
	return [
		node('views_count', { count: viewers.length }),
		...(listed.length ? [node('reactions', {}, listed)] : []),
	]
}

/** Tells those who watch a channel how often a post was seen, and what reactions it has. */
export function tellCounts(whatsapp: WhatsApp, channel: Channel, post: Published): void {
	const watching = Object.entries(channel.watchers ?? {}).filter(([, until]) => until > now())
	for (const account of accountsOf(
		whatsapp,
		watching.map(([phone]) => phone),
	))
		for (const device of account.devices) {
			const attrs = { id: newStanzaId(), from: channel.id, type: 'newsletter', t: now() }
			const message = node('message', { server_id: post.serverId }, countNodes(post))
			const updates = node('live_updates', {}, [node('messages', { t: now() }, [message])])
			whatsapp.deliver({ account, device }, node('notification', attrs, [updates]))
		}
}
