import type { WASocket } from '@whiskeysockets/baileys'

/** @returns whether the account shows itself online: Baileys has the same from the same event, and keeps it to itself */
export function watchPresence({ ev }: WASocket): () => boolean {
	let isOnline = false
	ev.on('connection.update', (update) => {
		if (update.isOnline !== undefined) isOnline = update.isOnline
	})
	return () => isOnline
}
