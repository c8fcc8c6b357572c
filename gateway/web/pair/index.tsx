import { useEffect, useState } from 'preact/hooks'
import { ask, Problem } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { H1 } from '../parts/h1.tsx'
import { WordsOfLinking } from '../parts/linking-words.ts'
import { showInAddress } from './address.ts'
import { Header } from './header.tsx'
import type { LinkPage } from './link-page.ts'
import { Linking } from './linking.tsx'
import { wordsOfProblem } from './problem-words.ts'
import { wordsIn, type Spoken } from './words/index.ts'

type Opened = { page?: LinkPage; problem?: Problem }
type PageProps = { token: string; link: string }

/** The page of a pairing link: opens it, and links a phone. */
export function PairingPage(props: PageProps) {
	const { opened, spoken, retry } = useOpened(props)
	useEffect(() => {
		if (!spoken) return
		document.documentElement.lang = spoken.language
		document.title = spoken.words.title
	}, [spoken])
	if (!spoken) return null
	const { page, problem } = opened
	const { words } = spoken
	return (
		<WordsOfLinking.Provider value={words}>
			<main class="pair">
				<div class="card stack">
					{page && <Header page={page} title={words.title} />}
					{problem && (
						<div class="stack">
							<H1>{words.title}</H1>
							<p role="alert">{wordsOfProblem(problem, words)}</p>
							{problem.code === 'unreachable' && <Button onClick={retry}>{words.tryAgain}</Button>}
						</div>
					)}
					{!page && !problem && <p role="status">{words.loading}</p>}
					{page && <Linking page={page} spoken={spoken} />}
				</div>
				<p class="quiet">{words.servedBy(location.host)}</p>
			</main>
		</WordsOfLinking.Provider>
	)
}

/** Opens the link, and finds the words in its language. */
function useOpened(props: PageProps): { opened: Opened; spoken?: Spoken; retry(): void } {
	const [shown, setShown] = useState<{ opened: Opened; spoken?: Spoken }>({ opened: {} })
	const [tries, setTries] = useState(0)
	useEffect(() => {
		void wordsIn(null).then((spoken) => setShown((now) => ({ spoken, ...now })))
	}, [])
	useEffect(() => {
		const show = async (opened: Opened) => {
			const spoken = await wordsIn(opened.page?.language ?? null)
			setShown({ opened, spoken })
		}
		openLink(props).then(
			(page) => show({ page }),
			(problem: Problem) => show({ problem }),
		)
	}, [tries])
	return { ...shown, retry: () => setTries(tries + 1) }
}

/** @throws Problem */
async function openLink({ token, link }: PageProps): Promise<LinkPage> {
	if (token) {
		const page = await ask<LinkPage>('POST', '/open', { token })
		showInAddress(page.id)
		return page
	}
	// A page that is loaded again has its cookie and no token.
	if (link) return ask<LinkPage>('GET', `/${link}/api/page`)
	throw new Problem(404, { code: 'pairing_link_not_found' })
}
