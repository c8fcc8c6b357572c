import { BufferJSON } from '@whiskeysockets/baileys'
import { z } from 'zod'
import type { Change } from '../../storage/driver.ts'
import { publicKey, secret, secretIfAny } from './bytes.ts'
import { encodeMessage } from './protobuf.ts'

const step = z.object({ iteration: z.int().nonnegative(), seed: secret })

/** A sender key as Baileys writes it (lib/Signal/Group/sender-key-state.js). */
const state = z.object({
	senderKeyId: z.number(),
	senderChainKey: step,
	senderSigningKey: z.object({ public: publicKey, private: secretIfAny }),
	senderMessageKeys: z.array(step).default([]),
})

type State = z.output<typeof state>

/** One device's sender keys in one group. @throws when it is not a record of Baileys */
export function senderKeyChanges(id: string, stored: unknown): Change[] {
	const states = z.array(state).parse(statesIn(stored))
	if (states.length === 0) return []
	// Baileys has the newest last, libsignal first.
	const fields = states.reverse().map((each): [number, Uint8Array] => [1, encodeState(each)])
	const record = encodeMessage(...fields)
	return [{ collection: 'sender-key', id, value: Buffer.from(record).toString('base64') }]
}

/** Baileys 7 writes JSON as bytes, in which it writes bytes as JSON; earlier ones write the array itself. */
function statesIn(stored: unknown): unknown {
	if (!(stored instanceof Uint8Array)) return stored
	return JSON.parse(Buffer.from(stored).toString(), BufferJSON.reviver)
}

// Numbers are those of libsignal's storage.proto: SenderKeyStateStructure.
function encodeState({ senderKeyId, senderChainKey, senderSigningKey, ...rest }: State) {
	// Baileys' own record grows with keys that it skipped itself: nobody will ever ask for them.
	const skipped = senderSigningKey.private ? [] : rest.senderMessageKeys
	return encodeMessage(
		[1, senderKeyId],
		[2, encodeStep(senderChainKey)],
		[3, encodeMessage([1, senderSigningKey.public], [2, senderSigningKey.private])],
		...skipped.map((each): [number, Uint8Array] => [4, encodeStep(each)]),
	)
}

const encodeStep = ({ iteration, seed }: z.output<typeof step>) =>
	encodeMessage([1, iteration], [2, seed])
