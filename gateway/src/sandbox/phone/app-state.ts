import {
	chatModificationToAppPatch,
	decodePatches,
	encodeSyncdPatch,
	hmacSign,
	newLTHashState,
	proto,
	type WAPatchCreate,
} from '@whiskeysockets/baileys'
import { expandAppStateKeys } from 'whatsapp-rust-bridge'
import { SERVER_JID } from '../wire/jid.ts'
import { childOf, node } from '../wire/node.ts'
import type { PhoneContext } from './context.ts'
import { PhoneError } from './phone-error.ts'

/** A setting that the account's devices share: what it is about, and its value. */
export type Shared = { index: string[]; value: proto.ISyncActionValue }

export type ChatModification = Parameters<typeof chatModificationToAppPatch>[0]

type Collection = WAPatchCreate['type']

export const collections: Collection[] = [
	'critical_block',
	'critical_unblock_low',
	'regular',
	'regular_low',
	'regular_high',
]

/** Another device may be faster, and again meanwhile. */
const ATTEMPTS = 5

/** The settings that an account's devices share. Its phone made their key, reads them and changes them. */
export class PhoneAppState {
	readonly #context: PhoneContext

	constructor(context: PhoneContext) {
		this.#context = context
	}

	/** The settings as they are now, whichever device has set them; removed ones are not among them. */
	async read(): Promise<Shared[]> {
		const { indexKey } = expandAppStateKeys(this.#context.state.appStateKey.data)
		const read = await Promise.all(collections.map((name) => this.#open(name)))
		return read.flatMap(({ mutationMap, state }) =>
			Object.entries(mutationMap)
				.filter(
					([index]) =>
						hmacSign(Buffer.from(index), indexKey).toString('base64') in state.indexValueMap,
				)
				.map(([, { index, syncAction }]) => ({ index, value: syncAction.value ?? {} })),
		)
	}

	/** Changes a chat or a contact, by its jid as other devices get it, or a setting of the account. */
	changes(change: ChatModification, jid = ''): Promise<void> {
		return this.change(chatModificationToAppPatch(change, jid))
	}

	/** @throws PhoneError if other devices were faster each time */
	async change(change: WAPatchCreate): Promise<void> {
		for (let attempt = 1; !(await this.#isStored(change)); attempt++)
			if (attempt === ATTEMPTS) throw new PhoneError('Other devices change the same.')
	}

	async #isStored(change: WAPatchCreate): Promise<boolean> {
		const { state } = await this.#open(change.type)
		const { patch } = await encodeSyncdPatch(change, this.#keyId, state, this.#keyOf)
		const attrs = { name: change.type, version: state.version, return_snapshot: 'false' }
		const bytes = proto.SyncdPatch.encode(patch as proto.SyncdPatch).finish()
		const collection = node('collection', attrs, [node('patch', {}, bytes)])
		const sync = node('sync', {}, [collection])
		const answer = this.#context.ask('set', 'w:sync:app:state', SERVER_JID, sync)
		return childOf(childOf(answer, 'sync'), 'collection')?.attrs.type !== 'error'
	}

	#open(name: Collection) {
		const stored = this.#context.account.appState?.[name] ?? []
		const patches = stored.map((bytes) => proto.SyncdPatch.decode(bytes))
		return decodePatches(
			name,
			patches,
			newLTHashState(),
			this.#keyOf,
			{},
			undefined,
			undefined,
			true,
		)
	}

	get #keyId(): string {
		return Buffer.from(this.#context.state.appStateKey.id).toString('base64')
	}

	readonly #keyOf = async () => ({ keyData: this.#context.state.appStateKey.data })
}
