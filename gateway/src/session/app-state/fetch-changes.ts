import {
	decodeSyncdMutations,
	downloadExternalBlob,
	extractSyncdPatches,
	newLTHashState,
	proto,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { askWhatsApp } from '../ask/ask-whatsapp.ts'
import { element } from '../ask/element.ts'
import { askAppState, refusalIn, type Collection } from './sync-query.ts'

/** A change of what the devices of the account share. */
export type SharedChange = {
	/** Names the kind of the change first, then the chat, contact or message. */
	index: string[]
	/** Empty if it was removed. */
	value: proto.ISyncActionValue
	/** Nothing is said any more of what the index names. */
	removed: boolean
}

/** The changes of a collection up to a version; of several of the same thing, the last one. */
export type FetchedChanges = { name: Collection; version: number; changes: SharedChange[] }

type Mutation = proto.ISyncdMutation | proto.ISyncdRecord
type Options = Parameters<typeof extractSyncdPatches>[1]

const { REMOVE } = proto.SyncdMutation.SyncdOperation

/**
 * Asks for what has changed in the app state since these versions; since none, for all of it. Baileys reads it for
 * itself as well, and tells of it only in part: the first time it waits for chats that may never come.
 * @returns collections with a newer version only
 * @throws GatewayError session_not_open while the phone has not shared the keys, and those of `askWhatsApp`
 */
export async function fetchChanges(
	socket: WASocket,
	since: ReadonlyMap<Collection, number | undefined>,
	options: Options,
): Promise<FetchedChanges[]> {
	const news = new Map<Collection, FetchedChanges>()
	let asked = since
	while (asked.size) {
		const pages = await fetchPage(socket, asked, options)
		for (const page of pages) news.set(page.name, joined(news.get(page.name), page))
		asked = new Map(pages.flatMap(({ name, version, more }) => (more ? [[name, version]] : [])))
	}
	return [...news.values()]
}

/** All pages of a collection are one reading: it is either the first one or not. */
const joined = (
	before: FetchedChanges | undefined,
	{ name, version, changes }: FetchedChanges,
): FetchedChanges => ({
	name,
	version,
	changes: lastOfEach([...(before?.changes ?? []), ...changes]),
})

function lastOfEach(changes: SharedChange[]): SharedChange[] {
	const last = new Map<string, SharedChange>()
	for (const change of changes) {
		const key = JSON.stringify(change.index)
		last.delete(key)
		last.set(key, change)
	}
	return [...last.values()]
}

async function fetchPage(
	socket: WASocket,
	since: ReadonlyMap<Collection, number | undefined>,
	options: Options,
): Promise<(FetchedChanges & { more: boolean })[]> {
	const { answer, collections } = await askAppState(socket, [...since].map(askedFor))
	for (const collection of collections) {
		const refusal = refusalIn(collection)
		if (refusal) throw refusal.error
	}
	const found = await askWhatsApp(() => extractSyncdPatches(answer, options))
	const pages = Object.entries(found).map(async ([name, { patches, snapshot, hasMorePatches }]) => {
		const versions = [snapshot?.version, ...patches.map((patch) => patch.version)]
		const before = since.get(name as Collection) ?? 0
		const version = Math.max(before, ...versions.map((known) => Number(known?.version ?? 0)))
		const added = await Promise.all(patches.map((patch) => mutationsOf(patch, options)))
		const mutations = [...(snapshot?.records ?? []), ...added.flat()]
		const changes = await opened(socket, mutations)
		return { name: name as Collection, version, changes, more: hasMorePatches && version > before }
	})
	const read = await askWhatsApp(() => Promise.all(pages))
	return read.filter(({ name, version }) => version !== since.get(name))
}

/** A large patch is a file at WhatsApp's media hosts. */
async function mutationsOf(patch: proto.ISyncdPatch, options: Options): Promise<Mutation[]> {
	const { mutations, externalMutations: file } = patch
	if (!file) return mutations ?? []
	const blob = await downloadExternalBlob(file, options)
	return [...(mutations ?? []), ...proto.SyncdMutations.decode(blob).mutations]
}

async function opened(socket: WASocket, mutations: Mutation[]): Promise<SharedChange[]> {
	const { keys } = socket.authState
	const keyOf = async (id: string) => (await keys.get('app-state-sync-key', [id]))[id]
	const changes: SharedChange[] = []
	for (const { removed, run } of runsOf(mutations)) {
		await decodeSyncdMutations(
			run,
			newLTHashState(),
			keyOf,
			({ index, syncAction }) =>
				changes.push({ index, value: (!removed && syncAction.value) || {}, removed }),
			true,
		)
	}
	return changes
}

/** Mutations in their order, in runs of one operation: Baileys decodes them without saying which one it was. */
function runsOf(mutations: Mutation[]) {
	const runs: { removed: boolean; run: Mutation[] }[] = []
	for (const mutation of mutations) {
		const removed = 'operation' in mutation && mutation.operation === REMOVE
		const last = runs.at(-1)
		if (last?.removed === removed) last.run.push(mutation)
		else runs.push({ removed, run: [mutation] })
	}
	return runs
}

const askedFor = ([name, version]: [Collection, number | undefined]): BinaryNode =>
	element('collection', {
		name,
		version: String(version ?? 0),
		return_snapshot: String(!version),
	})
