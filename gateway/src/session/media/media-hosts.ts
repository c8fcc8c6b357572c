import type { WASocket } from '@whiskeysockets/baileys'
import type { MediaHosts } from '../../media/index.ts'

/**
 * The media hosts that WhatsApp's server names: asked for on the open connection, which caches them. While
 * there is none those of the last one will do.
 */
export function mediaHosts(
	socket: () => WASocket | undefined,
	socketOnceOpen: () => Promise<WASocket>,
): MediaHosts {
	let last: string[] | undefined

	return async () => {
		const open = socket() ?? (last ? undefined : await socketOnceOpen())
		if (open) {
			const { hosts } = await open.refreshMediaConn()
			last = hosts.map(({ hostname }) => hostname)
		}
		return last ?? []
	}
}
