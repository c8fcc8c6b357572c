import { H1 } from '../parts/h1.tsx'
import { phoneOf } from '../data/words.ts'
import type { PageProps } from './index.ts'
import { NotFound } from './not-found.tsx'
import { NumberMenu } from './number-menu.tsx'
import { NumberState } from './number-state.tsx'

/** One number. */
export function NumberPage({ state: { sessions, isLive }, params: [id] }: PageProps) {
	const session = sessions.find((candidate) => candidate.id === id)
	if (!session) return <NotFound />
	return (
		<div class="stack">
			<div class="head">
				<H1>{session.name}</H1>
				<NumberMenu session={session} isLive={isLive} />
			</div>
			<p class="quiet">
				{phoneOf(session)} · <code>{session.id}</code>
			</p>
			<NumberState session={session} isLive={isLive} />
		</div>
	)
}
