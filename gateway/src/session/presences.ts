import type { GatewayEvent } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'
import { createLru } from '../lib/lru.ts'
import { identityOf, jidsOf, toJid } from './identity.ts'
import type { SessionContext } from './session-context.ts'

/** The last known presence of a person. */
export type LastPresence = {
	sender: Identity
	presence: string
	/** Unix time in seconds; null if it is hidden, or the person is online. */
	last_seen: number | null
	/** When it was told, ISO 8601. */
	at: string
}

/** So many people are subscribed to again after a reconnect, and remembered: the newest ones. */
const MOST_PEOPLE = 100
const MOST_CHATS = 1_000

type Options = Pick<SessionContext, 'socket' | 'socketOnceOpen' | 'otherName' | 'log'>

/** Whether people are online. WhatsApp forgets who wants to know when the connection ends. */
export function createPresences({ socket, socketOnceOpen, otherName, log }: Options) {
	const wanted = new Set<string>()
	const last = createLru<string, Map<string, LastPresence>>(MOST_CHATS)

	return {
		/** Subscribes to the presence of a person. It gives no answer, and tells it only while the account is online. */
		async subscribe(chat: string): Promise<void> {
			const jid = toJid(chat, 'jid')
			const open = await socketOnceOpen()
			wanted.delete(jid)
			wanted.add(jid)
			if (wanted.size > MOST_PEOPLE) wanted.delete([...wanted][0]!)
			await open.presenceSubscribe(jid)
		},
		/** Those whose presence was subscribed to, the latest last: ids. */
		subscribed: (): string[] => [...wanted],
		/** What was last told of a chat: of its person, or of the members of a group. */
		of(chat: string): LastPresence[] {
			const { id, ...other } = identityOf(toJid(chat, 'jid'), otherName)
			const found = jidsOf({ id, ...other }).flatMap((jid) => [...(last.get(jid)?.values() ?? [])])
			return [...new Map(found.map((one) => [one.sender.id, one])).values()]
		},
		/** Call it with each event. */
		onEvent(event: GatewayEvent): void {
			if (event.type !== 'chat.presence') return
			const { chat, sender, presence, last_seen } = event.data
			const told = { sender, presence, last_seen, at: event.timestamp }
			for (const jid of jidsOf(chat)) {
				const people = last.get(jid) ?? new Map()
				last.set(jid, people.set(sender.id, told))
			}
		},
		/** Call it when the connection is open. */
		async resume(): Promise<void> {
			const open = socket()
			for (const jid of open ? wanted : [])
				await open!.presenceSubscribe(jid).catch((err) => log.warn({ err }, 'not subscribed'))
		},
	}
}

export type Presences = ReturnType<typeof createPresences>
