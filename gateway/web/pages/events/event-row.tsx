import { useState } from 'preact/hooks'
import type { GatewayEvent } from '../../../src/events/index.ts'
import { sentenceOf } from '../../data/event-words.ts'
import { Json } from '../../parts/json.tsx'
import { Time } from '../../parts/time.tsx'

/** An event in a sentence; a click shows it as JSON. */
export function EventRow({ event }: { event: GatewayEvent }) {
	const [isOpen, setOpen] = useState(false)
	return (
		<li>
			<button type="button" class="log-row" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
				<span class="quiet">
					<Time at={event.timestamp} />
				</span>
				<span>
					<span dir="auto">{sentenceOf(event)}</span>
					<br />
					<code class="quiet">
						{event.type} · {event.session}
					</code>
				</span>
			</button>
			{isOpen && <Json value={event} />}
		</li>
	)
}
