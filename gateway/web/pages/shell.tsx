import { signedIn, store } from '../data/console.ts'
import { usePath } from '../data/location.ts'
import { useStore } from '../data/store.ts'
import { IsLive } from '../parts/is-live.ts'
import { Loading } from '../parts/loading.tsx'
import { Notice } from '../parts/notice.tsx'
import { pageAt, type PageProps } from './index.ts'
import { SignIn } from './sign-in.tsx'
import { Top } from './top.tsx'

/** The page that the address names, with what stands above every page; the sign-in over it if nobody is signed in. */
export function Shell() {
	const state = useStore(store)
	const path = usePath()
	const { page: Page, params } = pageAt(path)
	const isReady = state.sessions !== undefined
	return (
		<>
			<Top state={state} path={path} />
			<main>
				{isReady && !state.isLive && (
					<Notice kind="warn">Not live: the gateway does not answer. Trying again…</Notice>
				)}
				{isReady ? (
					<IsLive.Provider value={state.isLive}>
						<Page key={path} state={state as PageProps['state']} params={params} />
					</IsLive.Provider>
				) : (
					<>
						<h1 class="hidden">WhatsApp gateway</h1>
						{state.me !== null && <Loading />}
					</>
				)}
			</main>
			{state.me === null && <SignIn onSignedIn={signedIn} />}
		</>
	)
}
