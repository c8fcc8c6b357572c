import { proto } from '@whiskeysockets/baileys'

const { REMOVE } = proto.SyncdMutation.SyncdOperation

/**
 * What is left of some patches, from the first one on: the last record of each index. The server cannot read the
 * records; the MAC is the one that the device gave which made the last patch.
 */
export function snapshotOf(patches: readonly Uint8Array[]): Uint8Array {
	const decoded = patches.map((patch) => proto.SyncdPatch.decode(patch))
	const records = new Map<string, proto.ISyncdRecord>()
	for (const { operation, record } of decoded.flatMap(({ mutations }) => mutations)) {
		const index = Buffer.from(record?.index?.blob ?? []).toString('base64')
		records.delete(index)
		if (operation !== REMOVE) records.set(index, record!)
	}
	const { snapshotMac: mac, keyId } = decoded.at(-1)!
	const version = { version: patches.length }
	const snapshot = { version, records: [...records.values()], mac, keyId }
	return proto.SyncdSnapshot.encode(snapshot as proto.SyncdSnapshot).finish()
}
