import {
	GroupCipher,
	GroupSessionBuilder,
	ProtocolAddress,
	SenderKeyDistributionMessage,
	SenderKeyName,
	SessionBuilder,
	SessionCipher,
	type KeyPair,
	type SessionRecord,
	type SignalStorage,
	type SignedPreKey,
} from 'whatsapp-rust-bridge'

/** Our own keys. Public keys are 33 bytes, with their type. */
export type OwnKeys = {
	identity: KeyPair
	registrationId: number
	signedPreKey: SignedPreKey
}

export type Bundle = Parameters<SessionBuilder['processPreKeyBundle']>[0]

type OperationStorage = SignalStorage & {
	storeSessionRaw(address: string, record: Uint8Array): void
}

/** The records of one operation: as they were before it, and then as it has left them. */
type OperationRecords = {
	session?: Uint8Array | undefined
	senderKey?: Uint8Array | undefined
	usedPreKey?: number
}

// Every callback is synchronous, and every object lives for one operation. Otherwise the library mixes up
// operations, or stops answering for the whole process: its objects cache what they have read, and calling
// one that is in use, or was freed, ends its executor.
function storageFor(
	own: OwnKeys | undefined,
	unit: OperationRecords,
	preKey?: KeyPair,
): OperationStorage {
	const needed = (): OwnKeys => {
		if (!own) throw new Error('group operations need no own keys')
		return own
	}
	return {
		loadSession: () => unit.session,
		storeSessionRaw: (_address, record) => void (unit.session = record),
		storeSession: (_address, record: SessionRecord) => {
			unit.session = record.serialize()
			record.free()
		},
		getOurIdentity: () => needed().identity,
		getOurRegistrationId: () => needed().registrationId,
		// Trust on first use, and after a change: as WhatsApp's own clients do.
		isTrustedIdentity: () => true,
		loadPreKey: () => preKey,
		removePreKey: (id) => void (unit.usedPreKey = id),
		loadSignedPreKey: (id) => (needed().signedPreKey.keyId === id ? needed().signedPreKey : null),
		loadSenderKey: () => unit.senderKey,
		storeSenderKey: (_name, record) => void (unit.senderKey = record),
	}
}

/** Starts a session from a contact's key bundle. @returns the record of the new session */
export async function startSession(own: OwnKeys, address: string, bundle: Bundle) {
	const unit: OperationRecords = {}
	const at = protocolAddress(address)
	const builder = new SessionBuilder(storageFor(own, unit), at)
	await runAndFree(() => builder.processPreKeyBundle(bundle), builder, at)
	return result(unit.session)
}

export async function encrypt(
	own: OwnKeys,
	address: string,
	session: Uint8Array,
	plain: Uint8Array,
) {
	const unit: OperationRecords = { session }
	const { type, body } = await inSession(own, address, unit, (cipher) => cipher.encrypt(plain))
	return {
		type: type === 3 ? ('pkmsg' as const) : ('msg' as const),
		body,
		session: result(unit.session),
	}
}

/** Decrypts a `msg` in the session that it belongs to. */
export async function decrypt(
	own: OwnKeys,
	address: string,
	session: Uint8Array,
	body: Uint8Array,
) {
	const unit: OperationRecords = { session }
	const plain = await inSession(own, address, unit, (cipher) => cipher.decryptWhisperMessage(body))
	return { plain, session: result(unit.session) }
}

/** Decrypts a `pkmsg`, in its session if that is known already, otherwise in a new one. */
export async function decryptPreKeyMessage(
	own: OwnKeys,
	address: string,
	session: Uint8Array | undefined,
	body: Uint8Array,
	preKey: KeyPair | undefined,
) {
	const unit: OperationRecords = { session }
	const plain = await inSession(
		own,
		address,
		unit,
		(cipher) => cipher.decryptPreKeyWhisperMessage(body),
		preKey,
	)
	return { plain, session: result(unit.session), usedPreKey: unit.usedPreKey }
}

/**
 * Encrypts for a group, and makes the distribution message for members who do not have the sender key yet. Both in one
 * operation: the key must be the one of this very message.
 */
export async function encryptForGroup(
	name: SenderName,
	senderKey: Uint8Array | undefined,
	plain: Uint8Array,
) {
	const shared = await shareSenderKey(name, senderKey)
	const unit: OperationRecords = { senderKey: shared.senderKey }
	const at = protocolAddress(name.address)
	const cipher = new GroupCipher(storageFor(undefined, unit), name.group, at)
	const body = await runAndFree(() => cipher.encrypt(plain), cipher, at)
	return { body, distribution: shared.distribution, senderKey: result(unit.senderKey) }
}

/** The distribution message of our sender key, which is made if there is none. */
export async function shareSenderKey(name: SenderName, senderKey: Uint8Array | undefined) {
	const unit: OperationRecords = { senderKey }
	const at = protocolAddress(name.address)
	const keyName = new SenderKeyName(name.group, at)
	const builder = new GroupSessionBuilder(storageFor(undefined, unit))
	const message = await runAndFree(() => builder.create(keyName), builder, keyName, at)
	const distribution = message.serialize()
	message.free()
	return { distribution, senderKey: result(unit.senderKey) }
}

export async function decryptFromGroup(name: SenderName, senderKey: Uint8Array, body: Uint8Array) {
	const unit: OperationRecords = { senderKey }
	const at = protocolAddress(name.address)
	const cipher = new GroupCipher(storageFor(undefined, unit), name.group, at)
	const plain = await runAndFree(() => cipher.decrypt(body), cipher, at)
	return { plain, senderKey: result(unit.senderKey) }
}

/** Processes the sender key of another device. */
export async function learnSenderKey(
	name: SenderName,
	senderKey: Uint8Array | undefined,
	distribution: Uint8Array,
) {
	const unit: OperationRecords = { senderKey }
	const at = protocolAddress(name.address)
	const keyName = new SenderKeyName(name.group, at)
	const builder = new GroupSessionBuilder(storageFor(undefined, unit))
	const message = SenderKeyDistributionMessage.deserialize(distribution)
	await runAndFree(() => builder.process(keyName, message), message, builder, keyName, at)
	return { senderKey: result(unit.senderKey) }
}

function inSession<T>(
	own: OwnKeys,
	address: string,
	unit: OperationRecords,
	operation: (cipher: SessionCipher) => Promise<T>,
	preKey?: KeyPair,
): Promise<T> {
	const at = protocolAddress(address)
	const cipher = new SessionCipher(storageFor(own, unit, preKey), at)
	return runAndFree(() => operation(cipher), cipher, at)
}

/** One device's sender key in one group. */
export type SenderName = { group: string; address: string }

/** Runs an operation and frees what it used: the memory is WASM's, no collector sees it. */
async function runAndFree<T>(operation: () => Promise<T>, ...used: { free(): void }[]): Promise<T> {
	try {
		return await operation()
	} catch (reason) {
		throw reason instanceof Error ? reason : new SignalError(String(reason))
	} finally {
		for (const object of used) object.free()
	}
}

/** The library rejects with plain strings; Baileys looks for some words in the messages of errors. */
export class SignalError extends Error {
	constructor(reason: string) {
		super(translate(reason))
	}
}

function translate(reason: string) {
	// MISSING_KEYS_ERROR_TEXT: Baileys then refuses the message instead of asking for it again.
	if (/Duplicated ?Message|old counter/i.test(reason)) return 'Key used already or never filled'
	if (/Session ?Not ?Found/i.test(reason)) return `No session record: ${reason}`
	return reason
}

function result(record: Uint8Array | undefined): Uint8Array {
	if (!record) throw new Error('a Signal operation left nothing to store')
	return record
}

function protocolAddress(address: string) {
	const dot = address.lastIndexOf('.')
	return new ProtocolAddress(address.slice(0, dot), Number(address.slice(dot + 1)))
}
