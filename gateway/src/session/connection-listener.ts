import type { AppStateReader } from './app-state/app-state-reader.ts'
import type { LifecycleOptions } from './lifecycle-options.ts'
import type { createCiphertexts } from './receive/ciphertexts.ts'
import { notifications } from './receive/notifications/index.ts'
import type { Receiver } from './receive/receiver.ts'
import type { Outbox } from './send/outbox.ts'
import type { SessionContext } from './session-context.ts'

export type ListeningParts = {
	ciphertexts: ReturnType<typeof createCiphertexts>
	receiver: Receiver
	outbox: Outbox
	appState: AppStateReader
}

/** Hands what comes on a connection to the parts of the session that it concerns. */
export function connectionListener(
	{ log, failed, state }: Pick<SessionContext, 'log' | 'failed' | 'state'>,
	{ ciphertexts, receiver, outbox, appState }: ListeningParts,
): LifecycleOptions['listener'] {
	return {
		stanza(stanza) {
			const { message, hashes = [], withheld } = ciphertexts.noteStanza(stanza)
			if (!message) return {}
			if (withheld) return { before: () => receiver.withheld(message, withheld) }
			return { ahead: () => receiver.ahead(message, hashes) }
		},
		decrypted: ciphertexts.decrypted,
		undecryptable(reason, hash) {
			const message = ciphertexts.undecryptable(hash)
			if (message) receiver.notDecrypted(message, reason)
			log.warn({ reason: String(reason) }, 'message not decrypted')
		},
		acknowledged: (attributes) => void outbox.acknowledged(attributes).catch(failed),
		addressForm(form) {
			log.info({ form }, 'how the account addresses people')
			const keep = async () => {
				const { addressing, commit } = await state()
				const changes = addressing.learn(form)
				if (changes.length) await commit(changes)
			}
			keep().catch(failed)
		},
		messages: ({ messages }) => receiver.messages(messages),
		sharedChanged: () => appState.read(),
		receipt: receiver.receipt,
		direct: (messageId) => log.debug({ messageId }, 'message received without Baileys'),
		notificationNames: [...new Set(notifications.map(({ name }) => name))],
		notification: receiver.notification,
	}
}
