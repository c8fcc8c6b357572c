import type { WASocket } from '@whiskeysockets/baileys'
import { identityOf } from '../identity.ts'
import type { AuthState } from '../signal/auth-state.ts'

/**
 * Learns the other jid of who has changed a group. Baileys reads it and loses it: `WebMessageInfo`, in which it wraps the
 * change, has no field for it. It is known when this returns, before Baileys tells the change.
 * @param attrs of the notification
 */
export async function learnAuthor(
	{ signalRepository }: Pick<WASocket, 'signalRepository'>,
	auth: AuthState,
	attrs: Record<string, string>,
): Promise<void> {
	const { participant, participant_pn, participant_lid } = attrs
	if (!participant) return
	const alt = participant_pn ?? participant_lid
	const { id, phone, lid } = identityOf(participant, auth.otherName, { alt })
	if (!phone || !lid || auth.otherName(phone, 'phone')) return
	await auth.learn(lid, phone)
	await signalRepository.migrateSession(id, lid)
}
