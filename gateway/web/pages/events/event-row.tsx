import { useState } from 'preact/hooks'
import type { GatewayEvent } from '../../../src/events/index.ts'
import { ownMessage, sentenceOf } from '../../data/event-words.ts'
import { Json } from '../../parts/json.tsx'
import { Ticks } from '../../parts/ticks.tsx'
import { Time } from '../../parts/time.tsx'
import { reachedBy, type Line, type Reached } from './lines.ts'

/** A line of the log: what happened in a sentence, and how far an own message got. A click shows each event as JSON. */
export function EventRow({ line }: { line: Line }) {
	const [isOpen, setOpen] = useState(false)
	const first = line.events.at(-1)!
	const types = new Set(line.events.map(({ type }) => type))
	return (
		<li>
			<button type="button" class="log-row" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
				<span class="quiet">
					<Time at={first.timestamp} />
				</span>
				<span>
					<span dir="auto">{sentenceOfLine(line)}</span>{' '}
					{reachedBy(line).map((step) => (
						<Step key={step.status} {...step} />
					))}
					<br />
					<code class="quiet">
						{[...types].join(', ')} · {first.session}
					</code>
				</span>
			</button>
			{isOpen &&
				line.events.map((event) => (
					<section key={event.id} aria-label={sentenceOf(event)}>
						{line.events.length > 1 && (
							<p class="quiet">
								<Time at={event.timestamp} /> {sentenceOf(event)}
							</p>
						)}
						<Json value={event} />
					</section>
				))}
		</li>
	)
}

function Step({ status, times }: Reached) {
	return (
		<>
			<Ticks tick={status === 'failed' ? 'refused' : status} />
			{times > 1 && <span class="quiet"> {times}×</span>}{' '}
		</>
	)
}

/** The ticks say how far an own message got; only why it failed needs words. */
function sentenceOfLine({ events }: Line): string {
	const told = events.find(({ type }) => type !== 'message.status')
	if (told) return sentenceOf(told)
	return ownMessage(events.find(hasFailed) ?? events[0])
}

const hasFailed = ({ type, data }: GatewayEvent) =>
	type === 'message.status' && data.status === 'failed'
