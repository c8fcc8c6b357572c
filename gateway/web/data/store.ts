import { useEffect, useState } from 'preact/hooks'

/** The state of a page. `reduce` is the only way to change it. */
export type Store<State, News> = {
	get(): State
	tell(news: News): void
	listen(listener: () => void): () => void
}

/**
 * Makes a store. `reduce` is pure: it returns a new state, or the same one if nothing changes.
 * @example
 * const store = createStore(reduceConsole, emptyConsole)
 * store.tell({ type: 'live', isLive: true })
 */
export function createStore<State, News>(
	reduce: (state: State, news: News) => State,
	initial: State,
): Store<State, News> {
	let state = initial
	let isAsked = false
	const listeners = new Set<() => void>()

	// Once a frame, however much happens in it: a hundred events a second draw sixty times at most.
	function draw() {
		isAsked = false
		for (const listener of listeners) listener()
	}

	return {
		get: () => state,
		tell(news) {
			const next = reduce(state, news)
			if (next === state) return
			state = next
			if (!isAsked) schedule(draw)
			isAsked = true
		},
		listen(listener) {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
	}
}

/** A hidden page draws no frames, and must not fall behind. */
function schedule(draw: () => void) {
	if (document.hidden) setTimeout(draw)
	else requestAnimationFrame(draw)
}

/** The state of a store, in a component that is drawn again when it changes. */
export function useStore<State, News>({ get, listen }: Store<State, News>): State {
	const [state, setState] = useState(get)
	useEffect(() => {
		setState(get)
		return listen(() => setState(get))
	}, [get, listen])
	return state
}
