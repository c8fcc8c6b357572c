import {
	generateSignedPreKey,
	GroupCipher,
	GroupSessionBuilder,
	SenderKeyDistributionMessage,
	SenderKeyName,
	generatePreKey,
	generateRegistrationId,
	ProtocolAddress,
	SessionBuilder,
	SessionCipher,
	type SessionRecord,
	type SignalStorage,
} from 'whatsapp-rust-bridge'
import { generateKeyPair, withoutType, withType, type KeyPair } from '../wire/curve.ts'
import { bytesField } from '../wire/protobuf.ts'
import type { KeyBundle } from '../server/model.ts'

export type Ciphertext = { type: 'pkmsg' | 'msg'; body: Uint8Array }

/**
 * One Signal session with a device. libsignal can keep several in one record, but a message that
 * belongs to an archived one then damages the current one; one record each cannot.
 */
type PhoneSession = {
	record: Uint8Array
	/** Tells the pre-key messages of one session from those of another; ours has none yet. */
	baseKey: string | null
}

type OperationRecords = {
	record?: Uint8Array | undefined
	stepped?: Uint8Array
	usedPreKey?: number
}

/** Everything secret about a phone. Plain data, so that it can be kept in a file. */
export type SignalState = {
	identity: KeyPair
	registrationId: number
	signedPreKey: { id: number; keys: KeyPair; signature: Uint8Array }
	preKeys: Record<number, KeyPair>
	nextPreKey: number
	/** Sessions by Signal address (`user.device`), the one in use first. */
	sessions: Record<string, PhoneSession[]>
	/** Sender keys by group and Signal address, `group::user.device`. */
	senderKeys: Record<string, Uint8Array>
}

const SESSIONS_KEPT = 10

export function newSignalState(): SignalState {
	const identity = generateKeyPair()
	const pair = { pubKey: withType(identity.public), privKey: identity.private }
	const { keyId, keyPair, signature } = generateSignedPreKey(pair, 1)
	const keys = { public: withoutType(keyPair.pubKey), private: keyPair.privKey }
	return {
		identity,
		registrationId: generateRegistrationId(),
		signedPreKey: { id: keyId, keys, signature },
		preKeys: {},
		nextPreKey: 1,
		sessions: {},
		senderKeys: {},
	}
}

/** A real Signal endpoint: a message that it cannot decrypt, a phone could not decrypt either. */
export class Signal {
	readonly state: SignalState
	/** Operations run one after another: a ratchet step reads, computes and writes. */
	#turn: Promise<unknown> = Promise.resolve()

	constructor(state: SignalState) {
		this.state = state
	}

	/** Makes `count` new one-time keys and returns the bundle to upload. */
	newBundle(count: number): KeyBundle {
		const { identity, registrationId, signedPreKey } = this.state
		const oneTime = Array.from({ length: count }, () => {
			const { keyId, keyPair } = generatePreKey(this.state.nextPreKey++)
			const keys = { public: withoutType(keyPair.pubKey), private: keyPair.privKey }
			this.state.preKeys[keyId] = keys
			return { id: keyId, key: keys.public }
		})
		const { id, keys, signature } = signedPreKey
		return {
			registrationId,
			identity: identity.public,
			signedPreKey: { id, key: keys.public, signature },
			oneTime,
		}
	}

	hasSession(address: string): boolean {
		return Boolean(this.state.sessions[address]?.length)
	}

	/** Starts a new session from a bundle; older ones are kept for messages still on their way. */
	startSession(address: string, bundle: KeyBundle): Promise<void> {
		const { identity, registrationId, signedPreKey: signed, oneTime } = bundle
		return this.#inTurn(async () => {
			const step = this.#step(undefined)
			await step.build(address, {
				registrationId,
				identityKey: withType(identity),
				signedPreKey: {
					keyId: signed.id,
					publicKey: withType(signed.key),
					signature: signed.signature,
				},
				preKey: oneTime[0] && { keyId: oneTime[0].id, publicKey: withType(oneTime[0].key) },
			})
			this.#promote(address, { record: step.result(), baseKey: null })
		})
	}

	encrypt(address: string, plain: Uint8Array): Promise<Ciphertext> {
		return this.#inTurn(async () => {
			const session = this.state.sessions[address]?.[0]
			if (!session) throw new Error(`no session with ${address}`)
			const step = this.#step(session.record)
			const { type, body } = await step.cipher(address, (cipher) => cipher.encrypt(plain))
			session.record = step.result()
			return { type: type === 3 ? 'pkmsg' : 'msg', body }
		})
	}

	/** @throws libsignal's error when no session of this address can decrypt the message */
	decrypt(address: string, { type, body }: Ciphertext): Promise<Uint8Array> {
		return this.#inTurn(() =>
			type === 'pkmsg' ? this.#decryptFirst(address, body) : this.#decryptLater(address, body),
		)
	}

	/** A pre-key message: of a session we have, if its base key is known, or of a new one. */
	async #decryptFirst(address: string, body: Uint8Array): Promise<Uint8Array> {
		const baseKey = bytesField(body.subarray(1), 2)?.toString('hex') ?? ''
		const known = this.state.sessions[address]?.find((session) => session.baseKey === baseKey)
		const step = this.#step(known?.record)
		const plain = await step.cipher(address, (c) => c.decryptPreKeyWhisperMessage(body))
		if (step.usedPreKey !== undefined) delete this.state.preKeys[step.usedPreKey]
		this.#promote(address, { record: step.result(), baseKey }, known)
		return plain
	}

	async #decryptLater(address: string, body: Uint8Array): Promise<Uint8Array> {
		let failure: unknown = new Error(`no session with ${address}`)
		for (const session of [...(this.state.sessions[address] ?? [])]) {
			try {
				const step = this.#step(session.record)
				const plain = await step.cipher(address, (c) => c.decryptWhisperMessage(body))
				this.#promote(address, { ...session, record: step.result() }, session)
				return plain
			} catch (error) {
				failure = error
			}
		}
		throw failure
	}

	/** Encrypts for a group with our own sender key; `distribution` is the sender key that its members need. */
	encryptForGroup(group: string, address: string, plain: Uint8Array) {
		return this.#inTurn(async () => {
			const step = this.#senderKeyStep(group, address)
			const distribution = await step.share()
			const body = await step.cipher((cipher) => cipher.encrypt(plain))
			return { body, distribution }
		})
	}

	/** Our next message to the group is encrypted with a new key. */
	forgetSenderKey(group: string, address: string): void {
		delete this.state.senderKeys[`${group}::${address}`]
	}

	/** @throws when the sender's key is not known, or the message was changed */
	decryptFromGroup(group: string, address: string, body: Uint8Array): Promise<Uint8Array> {
		return this.#inTurn(() => this.#senderKeyStep(group, address).cipher((c) => c.decrypt(body)))
	}

	/** Processes the sender key of a member of a group. */
	learnSenderKey(group: string, address: string, distribution: Uint8Array): Promise<void> {
		return this.#inTurn(() => this.#senderKeyStep(group, address).learn(distribution))
	}

	#senderKeyStep(group: string, address: string) {
		const { senderKeys } = this.state
		const id = `${group}::${address}`
		const storage = {
			...this.#storage({}),
			loadSenderKey: () => senderKeys[id],
			storeSenderKey: (_name: string, record: Uint8Array) => void (senderKeys[id] = record),
		}
		return {
			async share(): Promise<Uint8Array> {
				const at = protocolAddress(address)
				const name = new SenderKeyName(group, at)
				const builder = new GroupSessionBuilder(storage)
				const message = await settled(() => builder.create(name), builder, name, at)
				const bytes = message.serialize()
				message.free()
				return bytes
			},
			learn(distribution: Uint8Array): Promise<void> {
				const at = protocolAddress(address)
				const name = new SenderKeyName(group, at)
				const builder = new GroupSessionBuilder(storage)
				const message = SenderKeyDistributionMessage.deserialize(distribution)
				return settled(() => builder.process(name, message), message, builder, name, at)
			},
			/** Ciphers cache what they have read, so each lives for one operation. */
			cipher<T>(use: (cipher: GroupCipher) => Promise<T>): Promise<T> {
				const at = protocolAddress(address)
				const cipher = new GroupCipher(storage, group, at)
				return settled(() => use(cipher), cipher, at)
			},
		}
	}

	#promote(address: string, session: PhoneSession, replaced?: PhoneSession): void {
		const others = (this.state.sessions[address] ?? []).filter((other) => other !== replaced)
		this.state.sessions[address] = [session, ...others].slice(0, SESSIONS_KEPT)
	}

	/** One operation on one record: the library reads it here and leaves the result here. */
	#step(record: Uint8Array | undefined) {
		const unit: OperationRecords = { record }
		const storage = this.#storage(unit)
		return {
			get usedPreKey() {
				return unit.usedPreKey
			},
			result() {
				if (!unit.stepped) throw new Error('the Signal operation left no session')
				return unit.stepped
			},
			cipher<T>(address: string, use: (cipher: SessionCipher) => Promise<T>): Promise<T> {
				const at = protocolAddress(address)
				const cipher = new SessionCipher(storage, at)
				return settled(() => use(cipher), cipher, at)
			},
			build(address: string, bundle: Parameters<SessionBuilder['initOutgoing']>[0]) {
				const at = protocolAddress(address)
				const builder = new SessionBuilder(storage, at)
				return settled(() => builder.processPreKeyBundle(bundle), builder, at)
			},
		}
	}

	// All synchronous: with asynchronous callbacks two operations could interleave.
	#storage(
		unit: OperationRecords,
	): SignalStorage & { storeSessionRaw(address: string, raw: Uint8Array): void } {
		const { identity, registrationId, signedPreKey, preKeys } = this.state
		const pair = (keys: KeyPair) => ({ pubKey: withType(keys.public), privKey: keys.private })
		return {
			loadSession: () => unit.record,
			storeSessionRaw: (_address, raw) => void (unit.stepped = raw),
			storeSession: (_address, session: SessionRecord) => {
				unit.stepped = session.serialize()
				session.free()
			},
			getOurIdentity: () => pair(identity),
			getOurRegistrationId: () => registrationId,
			// As phones do: a changed identity is a notice to the user, not a refusal.
			isTrustedIdentity: () => true,
			loadPreKey: (id) => preKeys[id] && pair(preKeys[id]),
			removePreKey: (id) => void (unit.usedPreKey = id),
			loadSignedPreKey: (id) => ({
				keyId: id,
				keyPair: pair(signedPreKey.keys),
				signature: signedPreKey.signature,
			}),
			loadSenderKey: () => null,
			storeSenderKey: () => undefined,
		}
	}

	#inTurn<T>(operation: () => Promise<T>): Promise<T> {
		const result = this.#turn.then(operation)
		this.#turn = result.catch(() => undefined)
		return result
	}
}

function protocolAddress(address: string) {
	const dot = address.lastIndexOf('.')
	return new ProtocolAddress(address.slice(0, dot), Number(address.slice(dot + 1)))
}

/** Runs an operation and frees what it used; the library rejects with plain strings. */
async function settled<T>(operation: () => Promise<T>, ...used: { free(): void }[]): Promise<T> {
	try {
		return await operation()
	} catch (reason) {
		throw reason instanceof Error ? reason : new Error(String(reason))
	} finally {
		for (const object of used) object.free()
	}
}
