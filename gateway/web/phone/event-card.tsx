import type { Content } from '../../src/sandbox/view/bubble.ts'
import { Button } from '../parts/button.tsx'
import { does } from './acts.ts'

type EventContent = Extract<Content, { kind: 'event' }>

const RESPONSES = { going: 'Going', maybe: 'Maybe', not_going: 'Not going' }

/** An event that one can answer. */
export function EventCard({ id, event }: { id: string; event: EventContent }) {
	const { text, description, start, place, link, canceled, responses, mine } = event
	return (
		<div class="card-in" role="group" aria-label={`Event: ${text}`}>
			<strong dir="auto">{text}</strong>
			{canceled && <p class="bad">Canceled</p>}
			{start && <p>{new Date(start * 1000).toLocaleString()}</p>}
			{place && <p>{place}</p>}
			{description && <p dir="auto">{description}</p>}
			{link && <p class="note">{link}</p>}
			{!canceled && (
				<div class="row">
					{Object.entries(RESPONSES).map(([response, label]) => (
						<Button
							key={response}
							aria-pressed={mine === response}
							onClick={() => does('respond', { id, response })}
						>
							{label} {responses[response]?.length ?? 0}
						</Button>
					))}
				</div>
			)}
		</div>
	)
}
