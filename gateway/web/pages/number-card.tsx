import type { SessionView } from '../data/console-state.ts'
import { linkTo } from '../data/location.ts'
import { phoneOf } from '../data/words.ts'
import { NumberMenu } from './number-menu.tsx'
import { NumberState } from './number-state.tsx'

type CardProps = { session: SessionView; isLive: boolean }

/** A number: its name, its state in a sentence, and the one thing to do about it. */
export function NumberCard({ session, isLive }: CardProps) {
	return (
		<article class="card stack" aria-label={session.name}>
			<div class="head">
				<h2>
					<a {...linkTo(`/numbers/${encodeURIComponent(session.id)}`)}>{session.name}</a>
				</h2>
				<NumberMenu session={session} isLive={isLive} />
			</div>
			<p class="quiet">
				{phoneOf(session)} · <code>{session.id}</code>
			</p>
			<NumberState session={session} isLive={isLive} />
		</article>
	)
}
