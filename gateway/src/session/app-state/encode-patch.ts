import {
	encodeSyncdPatch,
	hmacSign,
	proto,
	type LTHashState,
	type WAPatchCreate,
} from '@whiskeysockets/baileys'
import { expandAppStateKeys } from 'whatsapp-rust-bridge'

type KeyOf = Parameters<typeof encodeSyncdPatch>[3]

/** Changes of one collection that WhatsApp stores together or not at all. */
export type SharedChanges = readonly [WAPatchCreate, ...WAPatchCreate[]]

/** The patch that makes these changes, and the state that it leads to. Baileys makes patches of one change only. */
export async function encodePatch(
	changes: SharedChanges,
	keyId: string,
	known: LTHashState,
	keyOf: KeyOf,
): Promise<{ patch: proto.ISyncdPatch; state: LTHashState }> {
	const mutations: proto.ISyncdMutation[] = []
	let state = known
	let last!: proto.ISyncdPatch
	for (const change of changes) {
		const encoded = await encodeSyncdPatch(change, keyId, state, keyOf)
		last = encoded.patch
		mutations.push(...(last.mutations ?? []))
		state = { ...encoded.state, version: known.version }
		if (change.operation === REMOVE) state.indexValueMap = withoutRemoved(encoded)
	}
	state.version = known.version + 1
	const keys = expandAppStateKeys((await keyOf(keyId))!.keyData!)
	const place = [networkOrder(state.version), Buffer.from(changes[0].type)]
	const snapshotMac = hmacSign(Buffer.concat([state.hash, ...place]), keys.snapshotMacKey)
	const valueMacs = mutations.map(({ record }) => record!.value!.blob!.subarray(-MAC_BYTES))
	const patchMac = hmacSign(Buffer.concat([snapshotMac, ...valueMacs, ...place]), keys.patchMacKey)
	return { patch: { ...last, mutations, snapshotMac, patchMac }, state }
}

const MAC_BYTES = 32
const { REMOVE } = proto.SyncdMutation.SyncdOperation

/**
 * Baileys notes a removed value as if it were one that was set. The next change of it would subtract from the hash what
 * is not in it, and other devices would refuse every change after that.
 */
function withoutRemoved({ patch, state }: Awaited<ReturnType<typeof encodeSyncdPatch>>) {
	const index = patch.mutations![0]!.record!.index!.blob!
	const { [Buffer.from(index).toString('base64')]: _, ...kept } = state.indexValueMap
	return kept
}

function networkOrder(version: number): Buffer {
	const bytes = Buffer.alloc(8)
	bytes.writeUInt32BE(version, 4)
	return bytes
}
