import { useEffect } from 'preact/hooks'
import { linkTo } from '../data/location.ts'
import { byTrouble } from '../data/words.ts'
import { Empty } from '../parts/empty.tsx'
import { H1 } from '../parts/h1.tsx'
import type { PageProps } from './index.ts'
import { NumberCard } from './number-card.tsx'

/** Every number of this key, trouble first. */
export function Numbers({ state: { sessions, isLive } }: PageProps) {
	useFocusKept(sessions.length)
	const add = (
		<a class="button main" {...linkTo('/add')}>
			Add a number
		</a>
	)
	return (
		<div class="stack">
			<div class="head">
				<H1>Numbers</H1>
				{sessions.length > 0 && add}
			</div>
			{sessions.length === 0 ? (
				<Empty>
					<p>
						No number yet. Add one: you scan a code with your phone, as for WhatsApp on a computer.
					</p>
					{add}
				</Empty>
			) : (
				<ul class="cards">
					{sessions.toSorted(byTrouble).map((session) => (
						<li key={session.id}>
							<NumberCard session={session} isLive={isLive} />
						</li>
					))}
				</ul>
			)}
		</div>
	)
}

/** Puts the focus on the heading when the card that had it is gone. */
function useFocusKept(cards: number) {
	useEffect(() => {
		if (document.activeElement === document.body) document.querySelector('h1')?.focus()
	}, [cards])
}
