import { unixSeconds } from './chats.ts'
import type { SharedReader } from './define.ts'

/** A message was deleted on the devices of the account alone: its chat no longer shows it here either. */
export const readDeleteForMe: SharedReader = async ({ index: [, , id], value }, { state }) => {
	const changes = id ? await state.messages.deletedForMe(id, unixSeconds(value.timestamp)) : []
	return changes.length ? [{ changes }] : []
}
