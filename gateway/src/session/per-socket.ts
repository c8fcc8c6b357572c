import type { WASocket } from '@whiskeysockets/baileys'

/**
 * Keeps something for each connection, as long as that is there.
 * @example
 * const turnOf = perSocket(createMutex)
 * await turnOf(socket)(() => change(socket))
 */
export function perSocket<T>(create: () => T): (socket: WASocket) => T {
	const all = new WeakMap<WASocket, { value: T }>()
	return (socket) => {
		const kept = all.get(socket) ?? { value: create() }
		all.set(socket, kept)
		return kept.value
	}
}
