import { useEffect } from 'preact/hooks'
import { usePath } from '../data/location.ts'
import { useStore } from '../data/store.ts'
import { Loading } from '../parts/loading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SignIn } from '../pages/sign-in.tsx'
import { ChatList } from './chat-list.tsx'
import { Conversation } from './conversation.tsx'
import { Nobody } from './nobody.tsx'
import { linkToChat, openChat, placeAt } from './place.ts'
import { PersonBar } from './person-bar.tsx'
import { SideFoot } from './side-foot.tsx'
import { FaultsNow } from './faults-now.tsx'
import { chatWith } from './state.ts'
import { openPerson, signedIn, store } from './store.ts'

/** The whole page: who it is about, the chats, and the chat that is open. */
export function App() {
	const state = useStore(store)
	const { person, chat } = placeAt(usePath())
	const [first] = Object.keys(state.people)
	useEffect(() => {
		if (person) openPerson(person)
		else if (first) openChat(first)
	}, [person, first])
	useEffect(() => {
		const name = person && state.people[person]?.name
		document.title = name ? `${name} – Simulated phone` : 'Simulated phone'
	})
	const isEmpty = state.admin && state.knowsPeople && !first
	const isUnknown = person !== undefined && first !== undefined && !state.people[person]
	const refusal = refusalOf(state.admin)
	if (refusal)
		return (
			<main>
				<Notice kind="warn">{refusal}</Notice>
			</main>
		)
	return (
		<>
			{isEmpty && <Nobody />}
			{person && !isEmpty && (
				<main class="phone" data-open={chat !== undefined}>
					<section class="side" aria-label="Chats">
						<PersonBar state={state} />
						{!state.isLive && state.isLoaded && (
							<Notice kind="warn">Not live: the gateway does not answer. Trying again…</Notice>
						)}
						<FaultsNow state={state} />
						{isUnknown && (
							<Notice kind="warn">
								Nobody here has the number {person}.{' '}
								<a {...linkToChat(first!)}>Show another phone</a>
							</Notice>
						)}
						{state.isLoaded ? (
							<ChatList state={state} open={chat} />
						) : (
							state.admin && !isUnknown && <Loading />
						)}
						<SideFoot state={state} chat={chat ? chatWith(state, chat) : undefined} />
					</section>
					<div class="open-chat">
						{chat && state.isLoaded ? (
							<Conversation key={`${person} ${chat}`} state={state} id={chat} />
						) : (
							<p class="choose quiet">Choose a chat, or begin a new one.</p>
						)}
					</div>
				</main>
			)}
			{state.admin === null && <SignIn onSignedIn={signedIn} />}
		</>
	)
}

function refusalOf(admin: { role: string; sandbox: boolean } | null | undefined) {
	if (admin && admin.role !== 'admin') return 'The simulated phone is for admins.'
	if (admin && !admin.sandbox)
		return 'This gateway has no simulated WhatsApp. Start it with --sandbox.'
	return undefined
}
