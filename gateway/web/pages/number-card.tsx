import type { SessionView } from '../data/console-state.ts'
import { linkTo } from '../data/location.ts'
import { NumberContent } from './number-content.tsx'

type CardProps = { session: SessionView; isLive: boolean }

/** A number among others; its name leads to its own page. */
export function NumberCard({ session, isLive }: CardProps) {
	const heading = (
		<h2>
			<a {...linkTo(`/numbers/${encodeURIComponent(session.id)}`)}>{session.name}</a>
		</h2>
	)
	return (
		<article class="card stack" aria-label={session.name}>
			<NumberContent session={session} isLive={isLive} heading={heading} />
		</article>
	)
}
