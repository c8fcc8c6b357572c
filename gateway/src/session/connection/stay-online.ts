import type { WASocket } from '@whiskeysockets/baileys'

/** Baileys shows the account online when it connects, but not before it knows the account's name: after linking. */
export function stayOnline({ ev, sendPresenceUpdate }: WASocket, isWanted: () => boolean): void {
	ev.on('creds.update', ({ me }) => {
		if (me?.name && isWanted()) sendPresenceUpdate('available').catch(() => undefined)
	})
}
