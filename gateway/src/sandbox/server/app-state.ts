import { proto } from '@whiskeysockets/baileys'
import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import { pnOf } from './jids.ts'
import { type Party } from './model.ts'
import type { Query } from './query.ts'
import { type WhatsApp } from './whatsapp.ts'
import { newStanzaId } from './stanza.ts'
import { now } from './stanza.ts'

/** As it came, and with its version: those who read several must know it of each. */
function versioned(patch: Uint8Array, version: number): Uint8Array {
	const decoded = proto.SyncdPatch.decode(patch)
	return proto.SyncdPatch.encode({ ...decoded, version: { version } }).finish()
}

/** Keeps a patch, unless another one came first: then the device must read that before it tries again. */
function upload(whatsapp: WhatsApp, sender: Party, asked: BinaryNode): BinaryNode {
	const { name = '', version } = asked.attrs
	const patches = patchesOf(sender, name)
	if (Number(version) !== patches.length || whatsapp.queryFaults.isConflict(sender)) {
		const error = node('error', { code: 409, text: 'conflict' })
		return node('collection', { name, type: 'error', version: patches.length }, [error])
	}
	const patch = childOf(asked, 'patch')?.content as Uint8Array
	patches.push(versioned(patch, patches.length + 1))
	const changed = node('collection', { name, version: patches.length })
	tellOthers(whatsapp, sender, changed)
	return changed
}

function tellOthers(whatsapp: WhatsApp, { account, device }: Party, changed: BinaryNode): void {
	for (const other of account.devices.filter((each) => each !== device)) {
		const attrs = { id: newStanzaId(), from: pnOf(account), type: 'server_sync', t: now() }
		whatsapp.deliver({ account, device: other }, node('notification', attrs, [changed]))
	}
}

function patchesOf({ account }: Party, name: string): Uint8Array[] {
	account.appState ??= {}
	return (account.appState[name] ??= [])
}

/** WhatsApp makes a snapshot from time to time: here, after so many patches. */
const SNAPSHOT_EVERY = 5

/** So many are in an answer; WhatsApp's own limit is higher. */
const MOST_PATCHES = 2

/** What a device lacks: patches, and before them a snapshot if it wants one and there is a newer one. */
function download({ media }: WhatsApp, sender: Party, { attrs }: BinaryNode): BinaryNode {
	const { name = '', version, return_snapshot: wantsSnapshot } = attrs
	const patches = patchesOf(sender, name)
	const known = Number(version)
	const newest = patches.length - (patches.length % SNAPSHOT_EVERY)
	const snapshot = wantsSnapshot === 'true' && newest > known ? newest : undefined
	const from = snapshot ?? known
	const missing = patches.slice(from, from + MOST_PATCHES).map((patch) => node('patch', {}, patch))
	const reached = from + missing.length
	const has_more_patches = String(reached < patches.length)
	return node('collection', { name, version: reached, has_more_patches }, [
		...(snapshot
			? [node('snapshot', {}, media.snapshotReference(sender.account.phone, name, snapshot))]
			: []),
		...(missing.length ? [node('patches', {}, missing)] : []),
	])
}

/** Takes patches in and gives those back that a device has not seen. */
export const syncAppState: Query = (whatsapp, sender, iq) => {
	const collections = childrenOf(childOf(iq, 'sync'), 'collection').map((asked) =>
		childOf(asked, 'patch') ? upload(whatsapp, sender, asked) : download(whatsapp, sender, asked),
	)
	return [node('sync', {}, collections)]
}
