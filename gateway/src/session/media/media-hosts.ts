import type { WASocket } from '@whiskeysockets/baileys'
import type { MediaHosts } from '../../media/index.ts'
import { mediaConnOf } from '../ask/media-conn.ts'

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
			// Files can be got from hosts that were named before, too.
			last = await mediaConnOf(open).then(({ hosts }) => hosts, otherwise(last))
		}
		return last ?? []
	}
}

const otherwise =
	<T>(known: T | undefined) =>
	(error: unknown): T => {
		if (known === undefined) throw error
		return known
	}
