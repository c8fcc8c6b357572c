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
import type { PendingCommit } from '../effect.ts'
import { knownAddress, signalAddress, type LidOf } from './address.ts'
import { ownKeysOf } from './own-keys.ts'
import { readPreKeyMessage, readSessionRecord } from './records.ts'
import * as signal from './operations.ts'
import type { SignalStore } from './store.ts'
import { createKeyedMutex } from '../../lib/keyed-mutex.ts'

/** A plaintext that was decrypted for the first time, and the hash of its ciphertext. */
export type Decrypted = { hash: string; plain: Uint8Array }

export type RepositoryOptions = {
	store: SignalStore
	lidOf: LidOf
	/**
	 * Called with every plaintext before WhatsApp gets its receipt. The function that it resolves to is called in the
	 * tick of the commit, and its changes are committed together with the ratchet step.
	 */
	decrypted?(decrypted: Decrypted): Promise<(() => PendingCommit) | undefined>
	/** Called with the reason when a ciphertext cannot be decrypted; Baileys then asks its sender for it again. */
	undecryptable?(reason: unknown, hash: string): void
	/** A commit failed: memory is ahead of the disk, so nothing more may be sent or acknowledged. */
	failed(error: unknown): void
}

/**
 * The result of a Signal operation. `keep` is called in the tick of its commit: until then memory is as it was, so that
 * an operation that fails on its way has not been.
 */
type Operation<T> = {
	value: T
	keep?: () => { changes: Change[]; onDurable?: (() => void) | undefined }
}

/** A plaintext, and the changes of its ratchet step. */
type Step = { plain: Uint8Array; keep: () => Change[] }

type MakeRepository = SocketConfig['makeSignalRepository']

/**
 * Signal in WebAssembly over our own store. Every ratchet step is handed to the store, in order, before the promise
 * with its result resolves; the write barrier (`connection/write-barrier.ts`) holds later frames until it is durable.
 */
export function signalRepository(options: RepositoryOptions): MakeRepository {
	const { store, lidOf, decrypted, undecryptable, failed } = options
	return ({ creds, keys }, logger, pnToLid) => {
		// Baileys gives the repository its own store, in which transactions exist; the type is wider.
		const withTransactions = keys as SignalKeyStoreWithTransaction
		const lidMapping = new LIDMappingStore(withTransactions, logger, pnToLid)
		const inTurn = createKeyedMutex()
		/** The ciphertext that was tried last and failed, and why. */
		let failure: { of: string; reason: unknown } | undefined

		/**
		 * Runs an operation when it is its address' turn. Its changes are then on their way to the disk, in
		 * their order; no frame leaves before they are there.
		 */
		function operate<T>(key: string, run: () => Promise<Operation<T>>): Promise<T> {
			return inTurn(key, async () => {
				const { value, keep } = await run()
				const kept = keep?.()
				if (kept?.changes.length) store.commit(kept.changes).then(kept.onDurable).catch(failed)
				return value
			})
		}

		/**
		 * Sessions are with LIDs wherever one is known. Baileys' mapping is asked for the others alone: each look into its
		 * cache sets a timer, which made it the largest single cost of a send.
		 */
		async function addressOf(jid: string): Promise<string> {
			const known = knownAddress(jid, lidOf)
			return known ?? signalAddress((await lidMapping.getLIDForPN(jid)) ?? jid)
		}

		/**
		 * Decrypts a ciphertext once; when it is delivered again, its kept plaintext is the result. One that failed, perhaps
		 * after its ratchet step, fails in the same way when it is looked at again: a second try would say that its key was
		 * used already, and Baileys would not ask for the message again.
		 */
		async function decryptOnce(
			key: string,
			address: string,
			body: Uint8Array,
			run: () => Promise<Step>,
		): Promise<Uint8Array> {
			const hash = ciphertextHash(body)
			const of = `${hash} ${address}`
			return operate(key, async () => {
				if (failure?.of === of) throw failure.reason
				const known = await store.plainOf(hash, address)
				if (known) return { value: known }
				try {
					return await decryptAnew(hash, address, run)
				} catch (reason) {
					failure = { of, reason }
					throw reason
				}
			})
		}

		async function decryptAnew(
			hash: string,
			address: string,
			run: () => Promise<Step>,
		): Promise<Operation<Uint8Array>> {
			const step = await run().catch((reason) => {
				undecryptable?.(reason, hash)
				throw reason
			})
			const { plain } = step
			const pending = await decrypted?.({ hash, plain })
			return {
				value: plain,
				keep() {
					const { changes = [], onDurable } = pending?.() ?? {}
					const kept = store.keepPlain(hash, address, plain)
					return { changes: [...step.keep(), ...kept, ...changes], onDurable }
				},
			}
		}

		async function decryptPreKey(address: string, body: Uint8Array): Promise<Step> {
			const { preKeyId, baseKey } = readPreKeyMessage(body)
			const known = store.sessionsOf(address).find((session) => session.baseKey === baseKey)
			const preKey = preKeyId === undefined ? undefined : await store.preKey(preKeyId)
			const done = await signal.decryptPreKeyMessage(
				ownKeysOf(creds),
				address,
				known?.record,
				body,
				preKey,
			)
			const { usedPreKey } = done
			const used: Change[] =
				usedPreKey === undefined
					? []
					: [{ collection: 'pre-key', id: String(usedPreKey), value: null }]
			return { plain: done.plain, keep: () => [...store.keep(address, done.session), ...used] }
		}

		/** Tries the sessions of an address, latest first. Each has its own record, so a wrong one is not damaged. */
		async function decryptInSessions(address: string, body: Uint8Array): Promise<Step> {
			let failure: unknown
			for (const { record } of store.sessionsOf(address)) {
				try {
					const { plain, session } = await signal.decrypt(ownKeysOf(creds), address, record, body)
					return { plain, keep: () => store.keep(address, session) }
				} catch (error) {
					failure = error
				}
			}
			throw failure ?? new signal.SignalError(`SessionNotFound: ${address}`)
		}

		const repository: SignalRepositoryWithLIDStore = {
			lidMapping,
			jidToSignalProtocolAddress: signalAddress,

			async encryptMessage({ jid, data }) {
				const address = await addressOf(jid)
				return operate(address, async () => {
					const [session] = store.sessionsOf(address)
					if (!session) throw new signal.SignalError(`SessionNotFound: ${address}`)
					const done = await signal.encrypt(ownKeysOf(creds), address, session.record, data)
					const value = { type: done.type, ciphertext: Buffer.from(done.body) }
					return { value, keep: () => ({ changes: store.keep(address, done.session) }) }
				})
			},

			async decryptMessage({ jid, type, ciphertext }) {
				const address = await addressOf(jid)
				return decryptOnce(address, address, ciphertext, () =>
					type === 'pkmsg'
						? decryptPreKey(address, ciphertext)
						: decryptInSessions(address, ciphertext),
				)
			},

			async injectE2ESession({ jid, session }) {
				const address = await addressOf(jid)
				await operate(address, async () => {
					const record = await signal.startSession(ownKeysOf(creds), address, session)
					return { value: undefined, keep: () => ({ changes: store.keep(address, record) }) }
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
					await operate(address, async () => ({
						value: undefined,
						keep: () => ({ changes: store.drop(address) }),
					}))
				}
			},

			/** Moves sessions from the address of a phone number to that of its LID. */
			async migrateSession(fromJid, toJid) {
				const nothing = { migrated: 0, skipped: 0, total: 0 }
				if (!isLidUser(toJid) && !isHostedLidUser(toJid)) return nothing
				if (!isPnUser(fromJid) && !isHostedPnUser(fromJid)) return { ...nothing, total: 1 }
				const moves = movesOf(store.addresses(), fromJid, toJid)
				for (const { from, to } of moves) {
					await operate(from, () =>
						inTurn(to, async () => {
							const changes = store.move(from, to)
							return { value: undefined, keep: () => ({ changes }) }
						}),
					)
				}
				return { migrated: moves.length, skipped: 0, total: moves.length }
			},

			async encryptGroupMessage({ group, meId, data }) {
				const name = senderName(group, meId)
				return operate(senderKeyName(name), async () => {
					const done = await signal.encryptForGroup(name, store.senderKey(name), data)
					const value = { ciphertext: done.body, senderKeyDistributionMessage: done.distribution }
					return { value, keep: () => ({ changes: store.keepSenderKey(name, done.senderKey) }) }
				})
			},

			async decryptGroupMessage({ group, authorJid, msg }) {
				const name = senderName(group, authorJid)
				return decryptOnce(senderKeyName(name), senderKeyName(name), msg, async () => {
					const senderKey = store.senderKey(name)
					if (!senderKey) throw new signal.SignalError(`no sender key of ${name.address}`)
					const done = await signal.decryptFromGroup(name, senderKey, msg)
					return { plain: done.plain, keep: () => store.keepSenderKey(name, done.senderKey) }
				})
			},

			async processSenderKeyDistributionMessage({ authorJid, item }) {
				const { groupId, axolotlSenderKeyDistributionMessage: distribution } = item
				if (!groupId || !distribution) throw new Error('a sender key without its group')
				const name = senderName(groupId, authorJid)
				await operate(senderKeyName(name), async () => {
					const done = await signal.learnSenderKey(name, store.senderKey(name), distribution)
					return {
						value: undefined,
						keep: () => ({ changes: store.keepSenderKey(name, done.senderKey) }),
					}
				})
			},

			async getSenderKeyDistributionMessage({ group, meId }) {
				const name = senderName(group, meId)
				return operate(senderKeyName(name), async () => {
					const done = await signal.shareSenderKey(name, store.senderKey(name))
					return {
						value: done.distribution,
						keep: () => ({ changes: store.keepSenderKey(name, done.senderKey) }),
					}
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
export const ciphertextHash = (body: Uint8Array) => hash('sha256', body, 'base64url')

const senderName = (group: string, jid: string): signal.SenderName => ({
	group,
	address: signalAddress(jid),
})
const senderKeyName = ({ group, address }: signal.SenderName) => `${group}::${address}`

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
