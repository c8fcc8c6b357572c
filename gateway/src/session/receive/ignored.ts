import {
	isJidBroadcast,
	isJidGroup,
	isJidNewsletter,
	isJidStatusBroadcast,
} from '@whiskeysockets/baileys'
import type { NewEvent } from '../../events/index.ts'
import type { SessionSettings } from '../session-settings.ts'

/**
 * Whether the owner wants no event of such a chat. What it changes is kept all the same, and it was decrypted: a message
 * that is not opened loses the sender keys that came with it for good.
 */
export function isIgnored({ data }: NewEvent, ignore: SessionSettings['ignore']): boolean {
	if (!('chat' in data)) return false
	const { id } = data.chat
	if (isJidGroup(id)) return ignore.groups
	if (isJidStatusBroadcast(id)) return ignore.status
	if (isJidNewsletter(id)) return ignore.channels
	return (
		ignore.broadcast && (isJidBroadcast(id) || ('broadcast' in data && data.broadcast === true))
	)
}
