import { hash } from 'node:crypto'
import {
	isHostedLidUser,
	isHostedPnUser,
	isLidUser,
	isPnUser,
	jidDecode,
	transferDevice,
	type SignalKeyStoreWithTransaction,
	type SignalRepositoryWithLIDStore,
	type SocketConfig,
} from '@whiskeysockets/baileys'
import { LIDMappingStore } from '@whiskeysockets/baileys/lib/Signal/lid-mapping.js'
import type { Change } from '../../storage/driver.ts'
import { ownKeysOf } from './own-keys.ts'
import { readPreKeyMessage, readSessionRecord } from './records.ts'
import * as steps from './operations.ts'
import type { SignalStore } from './store.ts'
import { createTurns } from '../../lib/keyed-mutex.ts'

/** What was just decrypted for the first time. */
export type Decrypted = { hash: string; plain: Uint8Array }

export type RepositoryOptions = {
	store: SignalStore
	/**
	 * Told of everything that is decrypted, before WhatsApp is told that it was received. What it resolves to
	 * is called at the moment of the commit: its changes are made together with the ratchet step, and
	 * `committed` is called when they are durable.
	 */
	received?(decrypted: Decrypted): Promise<(() => News) | undefined>
	/** Told why a ciphertext could not be decrypted; WhatsApp's clients then ask for it again. */
	unreadable?(reason: unknown, hash: string): void
	/** A commit failed: memory is ahead of the disk, so nothing more may be sent or acknowledged. */
	failed(error: unknown): void
}

/** What has to be kept of a message, and what is to be done then. */
type News = { changes: Change[]; committed(): void }

/**
 * What a ratchet step gives; `last` is asked for more changes at the moment of the commit, `committed` is
 * called when they are durable.
 */
type Step<T> = { value: T; changes: Change[]; last?: () => Change[]; committed?: () => void }

type MakeRepository = SocketConfig['makeSignalRepository']

/**
 * Signal in WebAssembly over our own store. Every ratchet step is committed before the promise that carries
 * its result resolves; `holdFrames` sees to it that what Baileys then sends waits until that is durable.
 */
export function signalRepository(options: RepositoryOptions): MakeRepository {
	const { store, received, unreadable, failed } = options
	return ({ creds, keys }, logger, pnToLid) => {
		// Baileys gives the repository its own store, in which transactions exist; the type is wider.
		const withTransactions = keys as SignalKeyStoreWithTransaction
		const lidMapping = new LIDMappingStore(withTransactions, logger, pnToLid)
		const inTurn = createTurns()

		/**
		 * Runs a ratchet step when it is its address' turn. Its changes are then on their way to the disk, in
		 * their order; no frame leaves before they are there.
		 */
		function step<T>(key: string, run: () => Promise<Step<T>>): Promise<T> {
			return inTurn(key, async () => {
				const { value, changes, last, committed } = await run()
				const all = last ? [...changes, ...last()] : changes
				if (all.length) store.commit(all).then(committed).catch(failed)
				return value
			})
		}

		/** Sessions are with LIDs wherever one is known. */
		async function addressOf(jid: string): Promise<string> {
			const isPhone = isPnUser(jid) || isHostedPnUser(jid)
			const lid = isPhone ? await lidMapping.getLIDForPN(jid) : null
			return signalAddress(lid ?? jid)
		}

		/** Decrypts once; what is delivered again is answered from what was kept. */
		async function once(
			key: string,
			address: string,
			body: Uint8Array,
			run: () => Promise<{ plain: Uint8Array; changes: Change[] }>,
		): Promise<Uint8Array> {
			const hash = hashOf(body)
			return step(key, async () => {
				const known = await store.plainOf(hash, address)
				if (known) return { value: known, changes: [] }
				const { plain, changes } = await run().catch((reason) => {
					unreadable?.(reason, hash)
					throw reason
				})
				const kept = store.keepPlain(hash, address, plain)
				const understood = await received?.({ hash, plain })
				let news: News | undefined
				const last = () => (news = understood?.())?.changes ?? []
				const committed = () => news?.committed()
				return { value: plain, changes: [...changes, ...kept], last, committed }
			})
		}

		async function decryptFirst(address: string, body: Uint8Array) {
			const { preKeyId, baseKey } = readPreKeyMessage(body)
			const known = store.sessionsOf(address).find((session) => session.baseKey === baseKey)
			const preKey = preKeyId === undefined ? undefined : await store.preKey(preKeyId)
			const done = await steps.decryptFirst(ownKeysOf(creds), address, known?.record, body, preKey)
			const changes = store.keep(address, done.session)
			if (done.usedPreKey !== undefined)
				changes.push({ collection: 'pre-key', id: String(done.usedPreKey), value: null })
			return { plain: done.plain, changes }
		}

		/** Tries the sessions of an address, the latest first; each stands alone, so a wrong one is unharmed. */
		async function decryptLater(address: string, body: Uint8Array) {
			let failure: unknown
			for (const { record } of store.sessionsOf(address)) {
				try {
					const { plain, session } = await steps.decrypt(ownKeysOf(creds), address, record, body)
					return { plain, changes: store.keep(address, session) }
				} catch (error) {
					failure = error
				}
			}
			throw failure ?? new steps.SignalError(`SessionNotFound: ${address}`)
		}

		const repository: SignalRepositoryWithLIDStore = {
			lidMapping,
			jidToSignalProtocolAddress: signalAddress,

			async encryptMessage({ jid, data }) {
				const address = await addressOf(jid)
				return step(address, async () => {
					const [session] = store.sessionsOf(address)
					if (!session) throw new steps.SignalError(`SessionNotFound: ${address}`)
					const done = await steps.encrypt(ownKeysOf(creds), address, session.record, data)
					const value = { type: done.type, ciphertext: Buffer.from(done.body) }
					return { value, changes: store.keep(address, done.session) }
				})
			},

			async decryptMessage({ jid, type, ciphertext }) {
				const address = await addressOf(jid)
				return once(address, address, ciphertext, () =>
					type === 'pkmsg' ? decryptFirst(address, ciphertext) : decryptLater(address, ciphertext),
				)
			},

			async injectE2ESession({ jid, session }) {
				const address = await addressOf(jid)
				await step(address, async () => {
					const record = await steps.startSession(ownKeysOf(creds), address, session)
					return { value: undefined, changes: store.keep(address, record) }
				})
			},

			async validateSession(jid) {
				const exists = store.sessionsOf(await addressOf(jid)).length > 0
				return exists ? { exists } : { exists, reason: 'no session' }
			},

			async getSessionInfo(jid) {
				const [session] = store.sessionsOf(await addressOf(jid))
				if (!session) return null
				const { registrationId } = readSessionRecord(session.record)
				return { baseKey: Buffer.from(session.baseKey, 'hex'), registrationId }
			},

			async deleteSession(jids) {
				for (const jid of jids) {
					const address = await addressOf(jid)
					await step(address, async () => ({ value: undefined, changes: store.drop(address) }))
				}
			},

			/** Sessions that began with a phone number go on under the LID, when that is learnt. */
			async migrateSession(fromJid, toJid) {
				const nothing = { migrated: 0, skipped: 0, total: 0 }
				if (!isLidUser(toJid) && !isHostedLidUser(toJid)) return nothing
				if (!isPnUser(fromJid) && !isHostedPnUser(fromJid)) return { ...nothing, total: 1 }
				const moves = movesOf(store.addresses(), fromJid, toJid)
				for (const { from, to } of moves) {
					await step(from, () =>
						inTurn(to, async () => ({ value: 0, changes: store.move(from, to) })),
					)
				}
				return { migrated: moves.length, skipped: 0, total: moves.length }
			},

			async encryptGroupMessage({ group, meId, data }) {
				const name = senderName(group, meId)
				return step(keyOf(name), async () => {
					const done = await steps.encryptForGroup(name, store.senderKey(name), data)
					const value = { ciphertext: done.body, senderKeyDistributionMessage: done.distribution }
					return { value, changes: store.keepSenderKey(name, done.senderKey) }
				})
			},

			async decryptGroupMessage({ group, authorJid, msg }) {
				const name = senderName(group, authorJid)
				return once(keyOf(name), keyOf(name), msg, async () => {
					const senderKey = store.senderKey(name)
					if (!senderKey) throw new steps.SignalError(`no sender key of ${name.address}`)
					const done = await steps.decryptFromGroup(name, senderKey, msg)
					return { plain: done.plain, changes: store.keepSenderKey(name, done.senderKey) }
				})
			},

			async processSenderKeyDistributionMessage({ authorJid, item }) {
				const { groupId, axolotlSenderKeyDistributionMessage: distribution } = item
				if (!groupId || !distribution) throw new Error('a sender key without its group')
				const name = senderName(groupId, authorJid)
				await step(keyOf(name), async () => {
					const done = await steps.learnSenderKey(name, store.senderKey(name), distribution)
					return { value: undefined, changes: store.keepSenderKey(name, done.senderKey) }
				})
			},

			async getSenderKeyDistributionMessage({ group, meId }) {
				const name = senderName(group, meId)
				return step(keyOf(name), async () => {
					const done = await steps.shareSenderKey(name, store.senderKey(name))
					return { value: done.distribution, changes: store.keepSenderKey(name, done.senderKey) }
				})
			},

			hasSenderKey: async ({ group, meId }) =>
				store.senderKey(senderName(group, meId)) !== undefined,
			close: () => lidMapping.close(),
		}
		return repository
	}
}

/** SHA-256 of a ciphertext: the same one is the same delivery. */
export const hashOf = (body: Uint8Array) => hash('sha256', body, 'base64url')

/** `user[_domain].device`: how Baileys names the Signal address of a jid. */
function signalAddress(jid: string): string {
	const decoded = jidDecode(jid)
	if (!decoded?.user) throw new Error(`${jid} names nobody`)
	const { user, device = 0, domainType } = decoded
	return `${domainType ? `${user}_${domainType}` : user}.${device}`
}

const senderName = (group: string, jid: string): steps.SenderName => ({
	group,
	address: signalAddress(jid),
})
const keyOf = ({ group, address }: steps.SenderName) => `${group}::${address}`

/** Every device of a phone number that has a session, and where its session belongs. */
function movesOf(addresses: string[], fromJid: string, toJid: string) {
	const user = jidDecode(fromJid)!.user
	const ofUser = addresses.filter((address) => address.startsWith(`${user}.`))
	return ofUser.map((from) => {
		const device = Number(from.split('.')[1])
		const jid = device === 0 ? `${user}@s.whatsapp.net` : `${user}:${device}@s.whatsapp.net`
		return { from, to: signalAddress(transferDevice(jid, toJid)) }
	})
}
