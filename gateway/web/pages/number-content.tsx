import type { ComponentChildren } from 'preact'
import type { SessionView } from '../data/console-state.ts'
import { phoneOf } from '../data/words.ts'
import { NumberLimits } from './number-limits.tsx'
import { NumberMenu } from './number-menu.tsx'
import { NumberState } from './number-state.tsx'

type ContentProps = { session: SessionView; isLive: boolean; heading: ComponentChildren }

/** What is shown of a number: its name with its menu, whose it is, its state and the one thing to do about it. */
export function NumberContent({ session, isLive, heading }: ContentProps) {
	return (
		<>
			<div class="head">
				{heading}
				<NumberMenu session={session} isLive={isLive} />
			</div>
			<p class="quiet">
				{phoneOf(session)} · <code>{session.id}</code>
			</p>
			<NumberState session={session} isLive={isLive} />
			{session.status === 'open' && <NumberLimits session={session.id} />}
		</>
	)
}
