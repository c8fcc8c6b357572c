import {
	newLTHashState,
	proto,
	type LTHashState,
	type WAPatchCreate,
	type WASocket,
} from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import { createMutex } from '../../lib/keyed-mutex.ts'
import { askWhatsApp } from '../ask/ask-whatsapp.ts'
import { element } from '../ask/element.ts'
import { answerUnreadable, keysMissing } from '../ask/whatsapp-errors.ts'
import { perSocket } from '../per-socket.ts'
import { encodePatch, type SharedChanges } from './encode-patch.ts'
import { askAppState, refusalIn } from './sync-query.ts'

/** Other devices may change the same collection at the same time, and again meanwhile: each of theirs costs an attempt. */
const ATTEMPTS = 8
const CONFLICT = 409
const VERSIONS = 'app-state-sync-version'

const turnOf = perSocket(createMutex)

/**
 * Changes what the devices of an account share: archived chats, stars, labels, names. Waits until WhatsApp has stored
 * it. When another device was faster, its change is read first and ours made after it; Baileys' own `chatModify` does
 * not look at that answer and loses one of the two.
 * @param changes of one collection, made by Baileys' `chatModificationToAppPatch` or by hand; they are stored together
 * @throws GatewayError whatsapp_conflict, session_not_open while the phone has not shared the keys, and those of
 * `askWhatsApp`
 * @example
 * await changeAppState(socket, chatModificationToAppPatch({ mute: null }, jid))
 */
export async function changeAppState(socket: WASocket, ...changes: SharedChanges): Promise<void> {
	const { type } = changes[0]
	await turnOf(socket)(async () => {
		for (let attempt = 1; !(await isStored(socket, changes)); attempt++) {
			if (attempt === ATTEMPTS) throw conflict()
			await askWhatsApp(() => socket.resyncAppState([type], false))
		}
	})
}

/** False if another change came first. */
async function isStored(socket: WASocket, changes: SharedChanges): Promise<boolean> {
	const { type } = changes[0]
	const { keys, creds } = socket.authState
	if (!creds.myAppStateKeyId) throw keysMissing()
	const known = (await keys.get(VERSIONS, [type]))[type] ?? newLTHashState()
	const keyOf = async (id: string) => (await keys.get('app-state-sync-key', [id]))[id]
	const { patch, state } = await encodePatch(changes, creds.myAppStateKeyId, known, keyOf)
	const content = proto.SyncdPatch.encode(patch as proto.SyncdPatch).finish()
	const attrs = { name: type, version: String(known.version), return_snapshot: 'false' }
	const asked = element('collection', attrs, [element('patch', {}, content)])
	const { collections } = await askAppState(socket, [asked])
	if (!collections[0]) throw answerUnreadable('it has no collection')
	const refusal = refusalIn(collections[0])
	if (refusal?.code === CONFLICT) return false
	if (refusal) throw refusal.error
	await keepVersion(socket, type, state)
	return true
}

/** Baileys may have read our change back from WhatsApp already, and later ones. */
async function keepVersion(socket: WASocket, name: WAPatchCreate['type'], state: LTHashState) {
	const { keys, creds } = socket.authState
	await keys.transaction(async () => {
		const known = (await keys.get(VERSIONS, [name]))[name]
		if ((known?.version ?? 0) < state.version) await keys.set({ [VERSIONS]: { [name]: state } })
	}, creds.me?.id ?? name)
}

function conflict() {
	const advice = 'Other devices of the account change the same at the same time. Try again.'
	return new GatewayError('whatsapp_conflict', advice, { retryAfter: 5 })
}
