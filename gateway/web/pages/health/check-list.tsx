import type { Mood } from '../../data/words.ts'
import { Pill } from '../../parts/pill.tsx'
import { worstFirst, type CheckReport } from './report.ts'

type State = CheckReport['checks'][number]['state']

const pills: Record<State, [mood: Mood, text: string]> = {
	wrong: ['bad', 'Wrong'],
	warning: ['warn', 'Look at this'],
	unknown: ['quiet', 'Not known'],
	fine: ['good', 'Fine'],
}

/** What was checked; what to do stands below. */
export function CheckList({ checks }: Pick<CheckReport, 'checks'>) {
	return (
		<ul class="stack">
			{worstFirst(checks).map(({ title, state, sentence, advice }) => {
				const [mood, text] = pills[state]
				return (
					<li key={`${title} ${sentence}`} class="card">
						<div class="head">
							<h2>{title}</h2>
							<Pill mood={mood}>{text}</Pill>
						</div>
						<p>{sentence}</p>
						{advice && <p class="quiet">{advice}</p>}
					</li>
				)
			})}
		</ul>
	)
}
