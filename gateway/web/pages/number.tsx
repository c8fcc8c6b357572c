import { H1 } from '../parts/h1.tsx'
import type { PageProps } from './index.ts'
import { NotFound } from './not-found.tsx'
import { NumberContent } from './number-content.tsx'

/** One number. */
export function NumberPage({ state: { sessions, isLive }, params: [id] }: PageProps) {
	const session = sessions.find((candidate) => candidate.id === id)
	if (!session) return <NotFound />
	return (
		<div class="stack">
			<NumberContent session={session} isLive={isLive} heading={<H1>{session.name}</H1>} />
		</div>
	)
}
