import { ask, onSignedOut, Problem } from './api.ts'
import { emptyConsole, reduceConsole, type ConsoleNews, type Me } from './console-state.ts'
import { openLive } from './live.ts'
import { createStore } from './store.ts'

/** The state of the console. */
export const store = createStore(reduceConsole, emptyConsole)

let close = () => {}

/** Asks who is signed in, and opens the news for them. */
export async function start(): Promise<void> {
	onSignedOut(() => store.tell({ type: 'me', me: null }))
	await signedIn()
}

/** To be called after a sign-in. */
export async function signedIn(): Promise<void> {
	const me = await whoIsIt()
	store.tell({ type: 'me', me })
	close()
	if (me) close = openNews()
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
	await ask('POST', '/sign-out')
	close()
	location.reload()
}

async function whoIsIt(): Promise<Me | null> {
	try {
		return await ask<Me>('GET', '/me')
	} catch (error) {
		if (error instanceof Problem && error.status === 401) return null
		// The gateway is down: the page says so and tries again.
		await new Promise((resolve) => setTimeout(resolve, 2000))
		return whoIsIt()
	}
}

function openNews(): () => void {
	const tell = (news: ConsoleNews) => store.tell(news)
	return openLive({
		path: '/news?events=50',
		onLive: (isLive) => tell({ type: 'live', isLive }),
		// It may have ended with the ticket.
		onClosed: () => void ask('GET', '/me').catch(() => {}),
		on: {
			snapshot: (data: object) => tell({ type: 'snapshot', ...data } as ConsoleNews),
			session: tell,
			webhook: tell,
			event: (event: never) => tell({ type: 'event', event }),
		},
	})
}
