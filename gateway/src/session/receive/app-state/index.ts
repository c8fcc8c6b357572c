import type { SharedChange } from '../../app-state/fetch-changes.ts'
import type { Effect } from '../../effect.ts'
import { chatKinds, readChatChange } from './chats.ts'
import type { SharedDeps, SharedReader } from './define.ts'
import { readDeleteForMe } from './delete-for-me.ts'
import { readLabel, readLabelAssignment } from './labels.ts'

/** By the first part of the index. */
const readers: Record<string, SharedReader> = {
	...Object.fromEntries(chatKinds.map((kind) => [kind, readChatChange])),
	deleteMessageForMe: readDeleteForMe,
	label_edit: readLabel,
	label_jid: readLabelAssignment,
	label_message: readLabelAssignment,
}

/** The effects of a change of what the account's devices share, whichever of them has made it. */
export const sharedEffects = async (change: SharedChange, deps: SharedDeps): Promise<Effect[]> =>
	(await readers[change.index[0] ?? '']?.(change, deps)) ?? []
