import type { PersonView } from '../../src/sandbox/control/person-view.ts'
import type { Bubble } from '../../src/sandbox/view/bubble.ts'
import { ask, onSignedOut } from '../data/api.ts'
import { openLive } from '../data/live.ts'
import { createStore } from '../data/store.ts'
import { whoIsIt } from '../data/who-is-it.ts'
import { emptyPhone, reducePhone, type PhoneNews } from './state.ts'

/** The state of the phone's page. */
export const store = createStore(reducePhone, emptyPhone)

let close = () => {}

/** Asks who is signed in, and who is there. */
export async function start(): Promise<void> {
	onSignedOut(() => store.tell({ type: 'admin', admin: null }))
	await signedIn()
}

/** To be called after a sign-in. */
export async function signedIn(): Promise<void> {
	const admin = await whoIsIt()
	store.tell({ type: 'admin', admin })
	if (admin?.role !== 'admin' || !admin.sandbox) return
	await askForPeople()
	const { person } = store.get()
	if (person) follow(person)
}

/** Who is there, for a page that follows nobody yet. */
export async function askForPeople(): Promise<void> {
	const { phones } = await ask<{ phones: PersonView[] }>('GET', '/sandbox/phones')
	store.tell({ type: 'people', people: phones })
}

/** Shows another person's phone. */
export function openPerson(person: string): void {
	if (store.get().person === person) return
	store.tell({ type: 'person', person })
	if (store.get().admin) follow(person)
}

function follow(person: string): void {
	close()
	// What a stream still says of the person before is not about this one.
	const tell = (news: PhoneNews) => {
		if (store.get().person === person) store.tell(news)
	}
	close = openLive({
		path: `/sandbox/phones/${person}/stream`,
		onLive(isLive) {
			tell({ type: 'live', isLive })
			// Perhaps the person is gone.
			if (!isLive) void askForPeople().catch(() => undefined)
		},
		on: {
			snapshot: (data: object) => tell({ type: 'snapshot', ...data } as PhoneNews),
			change: (data: object) => tell({ type: 'change', ...data } as PhoneNews),
		},
	})
}

/** Gets older bubbles of a chat. @param before the `seq` of the oldest one here */
export async function askForOlder(chat: string, before: number): Promise<void> {
	const path = `${phonePath()}/chats/${encodeURIComponent(chat)}/bubbles?before=${before}`
	const page = await ask<{ bubbles: Bubble[]; more: boolean }>('GET', path)
	store.tell({ type: 'older', chat, ...page })
}

/** The API of the person's phone, below `/console/api`. */
export const phonePath = () => `/sandbox/phones/${store.get().person}`
