// Watches Signal's library with the clock of a test, and says what the watchdog said; with `hang` as its argument,
// after bringing the library into the state in which it never answers again.
import { mock } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import {
	generateIdentityKeyPair,
	generateRegistrationId,
	generateSignedPreKey,
	ProtocolAddress,
	SessionBuilder,
	SessionCipher,
	type SessionRecord,
	type SignalStorage,
} from 'whatsapp-rust-bridge'
import { watchSignal } from '../../../../../gateway/src/session/signal/watchdog.ts'

const EVERY_MS = 30_000
const LIMIT_MS = 5_000
const AT_ONCE = 8

/** Storage that answers later, which the library does not bear when one cipher is used twice at once. */
function lateStorage(): SignalStorage {
	const identity = generateIdentityKeyPair()
	let session: Uint8Array | undefined
	const later = <T>(value: T): Promise<T> => tick(value)
	return {
		loadSession: () => later(session),
		storeSession: async (_address: string, record: SessionRecord) => {
			session = record.serialize()
			await tick()
		},
		getOurIdentity: () => later(identity),
		getOurRegistrationId: () => later(1),
		isTrustedIdentity: () => later(true),
		loadPreKey: () => later(undefined),
		removePreKey: () => undefined,
		loadSignedPreKey: () => later(undefined),
		loadSenderKey: () => later(undefined),
		storeSenderKey: async () => undefined,
	} as unknown as SignalStorage
}

async function hang() {
	process.on('uncaughtException', () => undefined)
	const other = generateIdentityKeyPair()
	const { keyPair, signature } = generateSignedPreKey(other, 1)
	const storage = lateStorage()
	const at = new ProtocolAddress('somebody', 0)
	await new SessionBuilder(storage, at).processPreKeyBundle({
		registrationId: generateRegistrationId(),
		identityKey: other.pubKey,
		signedPreKey: { keyId: 1, publicKey: keyPair.pubKey, signature },
	})
	const cipher = new SessionCipher(storage, at)
	for (let n = 0; n < AT_ONCE; n++) cipher.encrypt(Buffer.from('x')).catch(() => undefined)
	await severalTicks()
}

async function severalTicks() {
	for (let n = 0; n < 100; n++) await tick()
}

if (process.argv[2] === 'hang') await hang()
mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
let alarms = 0
watchSignal(() => alarms++)
mock.timers.tick(EVERY_MS)
await severalTicks()
const before = alarms
mock.timers.tick(LIMIT_MS)
console.log(alarms > before ? 'hangs' : before ? 'fails' : 'answers')
process.exit()
