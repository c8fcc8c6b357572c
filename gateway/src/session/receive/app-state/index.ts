import type { SharedChange } from '../../app-state/fetch-changes.ts'
import type { Effect } from '../../effect.ts'
import { chatKinds, readChatChange } from './chats.ts'
import { readSavedContact } from './contacts.ts'
import type { SharedDeps, SharedReader } from './define.ts'
import { readDeleteForMe } from './delete-for-me.ts'
import { readLabel, readLabelAssignment } from './labels.ts'
import { readLinkPreviews, readPushName } from './settings.ts'

/** By the first part of the index. */
const readers: Record<string, SharedReader> = {
	...Object.fromEntries(chatKinds.map((kind) => [kind, readChatChange])),
	contact: readSavedContact,
	lid_contact: readSavedContact,
	deleteMessageForMe: readDeleteForMe,
	label_edit: readLabel,
	label_jid: readLabelAssignment,
	label_message: readLabelAssignment,
	setting_disableLinkPreviews: readLinkPreviews,
	setting_pushName: readPushName,
}

/** What happened stays so when WhatsApp no longer says it. */
const HAPPENED = ['clearChat', 'deleteChat', 'deleteMessageForMe']

/** The effects of a change of what the account's devices share, whichever of them has made it. */
export async function sharedEffects(change: SharedChange, deps: SharedDeps): Promise<Effect[]> {
	const [kind = ''] = change.index
	if (change.removed && HAPPENED.includes(kind)) return []
	return (await readers[kind]?.(change, deps)) ?? []
}
