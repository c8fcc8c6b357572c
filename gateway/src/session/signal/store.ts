import { BufferJSON } from '@whiskeysockets/baileys'
import type { KeyPair } from 'whatsapp-rust-bridge'
import { dailyCollections } from '../daily-collections.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { readSessionRecord } from './records.ts'
import { withType } from './own-keys.ts'
import type { SenderName } from './operations.ts'

/**
 * One Signal session with one device. A record of the library can hold several, but trying a message in one
 * that it does not belong to damages that one for good; a session each cannot be damaged by its neighbours.
 */
export type SignalSession = {
	/** Names it: the key that its initiator started it with, hex. */
	baseKey: string
	record: Uint8Array
	/** Grows with every use: the highest is the session to send in. */
	used: number
}

/** A device whose keys have changed since our sessions with it began. */
export type OutdatedDevice = { address: string; jid: string }

type Received = { address: string; plain: string }

const RECEIVED = 'received'
/** The jids of devices whose keys have changed since our sessions with them began, by address. */
const OUTDATED = 'outdated-session'
/** WhatsApp does not redeliver a message after so long. */
const REDELIVERY_DAYS = 14

/** How many sessions of a device are kept, for messages that are still on their way. */
const SESSIONS_KEPT = 10

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/**
 * The records of all ratchets: in memory, because Signal operations need them at once, and in the session's store. A
 * call that changes something returns the changes; `commit` makes them durable together.
 */
export async function openSignalStore(store: StateStore) {
	const sessions = new Map<string, SignalSession[]>()
	const senderKeys = new Map<string, Uint8Array>()
	const outdated = new Map<string, OutdatedDevice>()
	const received = await dailyCollections<Received>(store, RECEIVED, REDELIVERY_DAYS)
	let uses = 0

	for (const [id, value] of await store.list('session')) {
		const [address, { record, used }] = [
			id.split('/')[0]!,
			value as { record: string; used: number },
		]
		const session = { baseKey: id.split('/')[1]!, record: Buffer.from(record, 'base64'), used }
		sessions.set(
			address,
			[...(sessions.get(address) ?? []), session].sort((a, b) => b.used - a.used),
		)
		uses = Math.max(uses, used)
	}
	for (const [address, jid] of await store.list(OUTDATED))
		outdated.set(address, { address, jid: jid as string })
	for (const [id, value] of await store.list('sender-key'))
		senderKeys.set(id, Buffer.from(value as string, 'base64'))

	const sessionsOf = (address: string) => sessions.get(address) ?? []
	const idOf = (address: string, { baseKey }: SignalSession) => `${address}/${baseKey}`
	const removal =
		(address: string) =>
		(session: SignalSession): Change => ({
			collection: 'session',
			id: idOf(address, session),
			value: null,
		})

	/** Puts a session's new record in the place of its old one, and the session first. */
	function keep(address: string, record: Uint8Array): Change[] {
		const session = { baseKey: readSessionRecord(record).baseKey, record, used: ++uses }
		const others = sessionsOf(address).filter(({ baseKey }) => baseKey !== session.baseKey)
		sessions.set(address, [session, ...others.slice(0, SESSIONS_KEPT - 1)])
		const value = { record: base64(record), used: session.used }
		return [
			{ collection: 'session', id: idOf(address, session), value },
			...others.slice(SESSIONS_KEPT - 1).map(removal(address)),
		]
	}

	function drop(address: string): Change[] {
		const dropped = sessionsOf(address)
		sessions.delete(address)
		return [...dropped.map(removal(address)), ...upToDate(outdated.get(address))]
	}

	function upToDate(device: OutdatedDevice | undefined): Change[] {
		if (!device || outdated.get(device.address) !== device) return []
		outdated.delete(device.address)
		return [{ collection: OUTDATED, id: device.address, value: null }]
	}

	return {
		/** Newest use first. */
		sessionsOf,
		addresses: () => [...sessions.keys()],
		keep,
		drop,
		/** Gives all sessions of an address to another one, where they keep their order. */
		move(from: string, to: string): Change[] {
			const moved = [...sessionsOf(from)].reverse().flatMap(({ record }) => keep(to, record))
			return [...moved, ...drop(from)]
		},
		/**
		 * The keys of a device have changed: it could not read a message in the sessions of before. They stay for messages of
		 * the old keys that are still on their way.
		 */
		outdate(address: string, jid: string): Change[] {
			if (!sessionsOf(address).length) return []
			outdated.set(address, { address, jid })
			return [{ collection: OUTDATED, id: address, value: jid }]
		},
		/** The devices with which a new session has to begin before anything is sent to them. */
		outdated: () => [...outdated.values()],
		/** There is a new session, or there cannot be one; without effect if the keys have changed once more since. */
		upToDate,
		senderKey: (name: SenderName) => senderKeys.get(senderKeyId(name)),
		keepSenderKey(name: SenderName, record: Uint8Array): Change[] {
			const id = senderKeyId(name)
			senderKeys.set(id, record)
			return [{ collection: 'sender-key', id, value: base64(record) }]
		},
		dropSenderKey(id: string): Change[] {
			senderKeys.delete(id)
			return [{ collection: 'sender-key', id, value: null }]
		},
		/** One-time keys stay on disk: there are hundreds, and each is needed once. */
		async preKey(id: number): Promise<KeyPair | undefined> {
			const value = (await store.get('pre-key', [String(id)])).get(String(id))
			if (!value) return undefined
			const pair = JSON.parse(JSON.stringify(value), BufferJSON.reviver) as {
				public: Uint8Array
				private: Uint8Array
			}
			return { pubKey: withType(pair.public), privKey: pair.private }
		},
		/** The plaintext of a ciphertext from this address, if it was decrypted before. */
		async plainOf(hash: string, address: string): Promise<Uint8Array | undefined> {
			const known = (await received.find(hash)).find((other) => other.address === address)
			return known && Buffer.from(known.plain, 'base64')
		},
		/** These ciphertexts are decrypted soon; undefined if it is of no use to say so. */
		ahead: received.ahead,
		/** Keeps a plaintext: WhatsApp may deliver the ciphertext again, and it can be decrypted only once. */
		keepPlain: (hash: string, address: string, plain: Uint8Array): Change[] => [
			received.put(hash, { address, plain: base64(plain) }),
		],
		/** Deletes the plaintexts that WhatsApp does not deliver again. */
		prune: () => received.prune(),
		commit: (changes: readonly Change[]) => store.commit(changes),
	}
}

export type SignalStore = Awaited<ReturnType<typeof openSignalStore>>

const senderKeyId = ({ group, address }: SenderName) => {
	const dot = address.lastIndexOf('.')
	// As Baileys names them, so that imported keys are found.
	return `${group}::${address.slice(0, dot)}::${address.slice(dot + 1)}`
}
