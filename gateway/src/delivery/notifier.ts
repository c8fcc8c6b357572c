/** Lets others hear that something happened in a session; what, they read themselves. */
export function createNews() {
	const listeners = new Map<string, Set<() => void>>()
	return {
		happened: (session: string) => listeners.get(session)?.forEach((hear) => hear()),
		/** Returns how to stop listening. */
		listen(session: string, hear: () => void): () => void {
			const all = listeners.get(session) ?? new Set()
			listeners.set(session, all.add(hear))
			return () => {
				all.delete(hear)
				if (all.size === 0) listeners.delete(session)
			}
		},
	}
}

export type News = ReturnType<typeof createNews>
