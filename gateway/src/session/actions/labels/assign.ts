import { chatModificationToAppPatch } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import { jidsOf } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { businessOnly } from '../business/business-only.ts'
import { changeShared } from '../change-shared.ts'
import { findChat } from '../chats/find-chat.ts'
import { findLabel } from './find-label.ts'

type Modification = Parameters<typeof chatModificationToAppPatch>[0]

const ofChat = (labelId: string, isOn: boolean): Modification =>
	isOn ? { addChatLabel: { labelId } } : { removeChatLabel: { labelId } }

const ofMessage = (labelId: string, messageId: string, isOn: boolean): Modification =>
	isOn
		? { addMessageLabel: { labelId, messageId } }
		: { removeMessageLabel: { labelId, messageId } }

/** Gives a chat a label, or takes it away. */
export async function labelChat(deps: SessionDeps, jid: string, label: string, isOn: boolean) {
	businessOnly(deps, 'Labels')
	findLabel(deps.state, label)
	const chat = await findChat(deps, jid)
	await changeShared(deps, [chatModificationToAppPatch(ofChat(label, isOn), chat.jid)])
}

/** Gives a chat these labels and no others; the changes are stored together. */
export async function setChatLabels(deps: SessionDeps, jid: string, wanted: readonly string[]) {
	businessOnly(deps, 'Labels')
	wanted.forEach((label, index) => findLabel(deps.state, label, `labels.${index}`))
	const chat = await findChat(deps, jid)
	const had = deps.state.labels.of(jidsOf(chat.identity))
	const changes = [
		...wanted.filter((label) => !had.includes(label)).map((label) => ofChat(label, true)),
		...had.filter((label) => !wanted.includes(label)).map((label) => ofChat(label, false)),
	]
	await changeShared(
		deps,
		changes.map((change) => chatModificationToAppPatch(change, chat.jid)),
	)
}

/**
 * Gives a message a label, or takes it away.
 * @throws GatewayError not_business, label_not_found, message_not_found, and those of `changeAppState`
 */
export async function labelMessage(deps: SessionDeps, id: string, label: string, isOn: boolean) {
	businessOnly(deps, 'Labels')
	findLabel(deps.state, label)
	const known = await deps.messages.get(id)
	if (!known) {
		const advice = `No message ${id} is kept: only those of the last days can get a label.`
		throw new GatewayError('message_not_found', advice, { field: 'message_id' })
	}
	const chat = await findChat(deps, known.to)
	await changeShared(deps, [chatModificationToAppPatch(ofMessage(label, id, isOn), chat.jid)])
}
