import { hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Change } from '../../storage/driver.ts'
import type { OwnKeys } from '../signal/operations.ts'
import { publicKey, secret, secretIfAny } from './bytes.ts'
import { encodeMessage } from './protobuf.ts'

const RECEIVING = 2
const OPEN = -1
/** As many as libsignal keeps of one session (MAX_RECEIVER_CHAINS). */
const RECEIVER_CHAINS = 5

const chain = z.object({
	chainType: z.number(),
	chainKey: z.object({ counter: z.int().min(-1), key: secretIfAny }),
	messageKeys: z.record(z.string(), secret),
})

/** A session as the JavaScript libsignal writes it (libsignal 6.0.0, session_record.js). */
const session = z.object({
	registrationId: z.number().default(0),
	currentRatchet: z.object({
		ephemeralKeyPair: z.object({ pubKey: publicKey, privKey: secret }),
		previousCounter: z.number(),
		rootKey: secret,
	}),
	indexInfo: z.object({
		baseKey: publicKey,
		closed: z.number(),
		used: z.number().default(0),
		remoteIdentityKey: publicKey,
	}),
	_chains: z.record(z.string(), chain),
	pendingPreKey: z
		.object({ signedKeyId: z.number(), baseKey: publicKey, preKeyId: z.number().optional() })
		.optional(),
})

const record = z.object({ _sessions: z.record(z.string(), session) })

type Chain = z.output<typeof chain>
type BaileysSession = z.output<typeof session>

/**
 * The sessions with one device, a record each; the one to send in is the last used.
 * @throws when it is not a record of libsignal
 */
export function sessionChanges(address: string, stored: unknown, own: OwnKeys): Change[] {
	const inOrderOfUse = Object.values(record.parse(stored)._sessions).sort(byUse)
	return inOrderOfUse.map((each, n) => ({
		collection: 'session',
		id: `${address}/${Buffer.from(each.indexInfo.baseKey).toString('hex')}`,
		value: {
			record: Buffer.from(encodeRecord(each, own)).toString('base64'),
			used: n + 1,
		},
	}))
}

function byUse({ indexInfo: a }: BaileysSession, { indexInfo: b }: BaileysSession) {
	const isOpen = ({ closed }: BaileysSession['indexInfo']) => Number(closed === OPEN)
	return isOpen(a) - isOpen(b) || a.used - b.used
}

// Numbers are those of libsignal's storage.proto: RecordStructure, SessionStructure, Chain, …
function encodeRecord(session: BaileysSession, own: OwnKeys): Uint8Array {
	const { currentRatchet, indexInfo, pendingPreKey, registrationId } = session
	const writer = [
		[1, 3],
		[2, own.identity.pubKey],
		[3, indexInfo.remoteIdentityKey],
		[4, currentRatchet.rootKey],
		[5, Math.max(0, currentRatchet.previousCounter)],
		[6, senderChain(session)],
		...receiverChains(session).map((chain): [number, Uint8Array] => [7, chain]),
		[9, pendingPreKey && encodePending(pendingPreKey)],
		[10, registrationId],
		[11, own.registrationId],
		[13, indexInfo.baseKey],
	] satisfies Parameters<typeof encodeMessage>
	return encodeMessage([1, encodeMessage(...writer)])
}

const encodePending = ({
	preKeyId,
	baseKey,
	signedKeyId,
}: NonNullable<BaileysSession['pendingPreKey']>) =>
	encodeMessage([1, preKeyId], [2, baseKey], [3, signedKeyId])

function senderChain({ _chains, currentRatchet: { ephemeralKeyPair } }: BaileysSession) {
	const { pubKey, privKey } = ephemeralKeyPair
	const chain = _chains[Buffer.from(pubKey).toString('base64')]
	return chain && encodeMessage([1, pubKey], [2, privKey], [3, chainKey(chain)])
}

function receiverChains({ _chains }: BaileysSession): Uint8Array[] {
	const receiving = Object.entries(_chains).filter(([, { chainType }]) => chainType === RECEIVING)
	return receiving
		.slice(-RECEIVER_CHAINS)
		.map(([ratchetKey, chain]) =>
			encodeMessage(
				[1, publicKey.parse(ratchetKey)],
				[3, chainKey(chain)],
				...Object.entries(chain.messageKeys).map(skippedKey),
			),
		)
}

/** JavaScript counts the messages that were, protobuf says which one is next. */
function chainKey({ chainKey: { counter, key } }: Chain) {
	// A chain that the peer has left has no key any more, but the library wants one. No fixed one: with that
	// the server, which knows all else about the chain, could make messages for it.
	return encodeMessage([1, counter + 1], [2, key ?? randomBytes(32)])
}

/** A message that was overtaken: what JavaScript derives from its seed when it comes is kept derived here. */
function skippedKey([index, seed]: [string, Uint8Array]): [number, Uint8Array] {
	const derived = Buffer.from(hkdfSync('sha256', seed, Buffer.alloc(32), 'WhisperMessageKeys', 80))
	const [cipherKey, macKey, iv] = [
		derived.subarray(0, 32),
		derived.subarray(32, 64),
		derived.subarray(64),
	]
	return [4, encodeMessage([1, Number(index)], [2, cipherKey], [3, macKey], [4, iv])]
}
