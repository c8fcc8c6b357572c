/** Notifies listeners that a session has new events. They read the events themselves. */
export function createNotifier() {
	const listeners = new Map<string, Set<() => void>>()
	const listenersToAll = new Set<(session: string) => void>()
	return {
		happened(session: string) {
			listeners.get(session)?.forEach((notify) => notify())
			listenersToAll.forEach((notify) => notify(session))
		},
		/** Listens to every session. @returns a function that stops listening */
		listenToAll(notify: (session: string) => void): () => void {
			listenersToAll.add(notify)
			return () => void listenersToAll.delete(notify)
		},
		hasListeners: (session: string) => listeners.has(session),
		/** @returns a function that stops listening */
		listen(session: string, notify: () => void): () => void {
			const all = listeners.get(session) ?? new Set()
			listeners.set(session, all.add(notify))
			return () => {
				all.delete(notify)
				if (all.size === 0) listeners.delete(session)
			}
		},
	}
}

export type Notifier = ReturnType<typeof createNotifier>
