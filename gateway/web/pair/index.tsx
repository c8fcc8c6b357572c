import { useEffect, useState } from 'preact/hooks'
import { ask, Problem } from '../data/api.ts'
import type { LinkPage } from './link-page.ts'
import { Linking } from './linking.tsx'
import { Button } from '../parts/button.tsx'
import { Header } from './header.tsx'

type Opened = { page?: LinkPage; problem?: Problem }

/** The page of a pairing link: opens it, and links a phone. */
export function PairingPage({ token }: { token: string }) {
	const { page, problem, retry } = useOpened(token)
	return (
		<main class="pair">
			<div class="card stack">
				{page && <Header page={page} />}
				{problem && (
					<div class="stack" role="alert">
						<p>{problem.message}</p>
						{problem.code === 'unreachable' && <Button onClick={retry}>Try again</Button>}
					</div>
				)}
				{!page && !problem && <p role="status">Loading…</p>}
				{page && <Linking page={page} />}
			</div>
			<p class="quiet">Served by {location.host}</p>
		</main>
	)
}

/** Opens the link; a page that is loaded again has its cookie and no token. */
function useOpened(token: string): Opened & { retry(): void } {
	const [opened, setOpened] = useState<Opened>({})
	const [tries, setTries] = useState(0)
	useEffect(() => {
		const asked = token
			? ask<LinkPage>('POST', '/open', { token })
			: ask<LinkPage>('GET', '/api/page')
		asked.then(
			(page) => setOpened({ page }),
			(problem: Problem) => setOpened({ problem }),
		)
	}, [token, tries])
	return { ...opened, retry: () => setTries(tries + 1) }
}
