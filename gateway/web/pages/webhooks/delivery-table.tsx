import { Button } from '../../parts/button.tsx'
import { Time } from '../../parts/time.tsx'
import type { Delivery } from './use-deliveries.ts'

type TableProps = {
	deliveries: Delivery[]
	/** The ids of the events that are selected. */
	marked: ReadonlySet<string>
	onMark(marked: ReadonlySet<string>): void
	onLook(seq: number): void
}

/** Undelivered events, each with its reason and a box to select it. */
export function DeliveryTable({ deliveries, marked, onMark, onLook }: TableProps) {
	return (
		<table class="table">
			<thead>
				<tr>
					<th scope="col">Event</th>
					<th scope="col">Chat</th>
					<th scope="col">Attempts</th>
					<th scope="col">When</th>
					<th scope="col">
						<span class="hidden">What to do</span>
					</th>
				</tr>
			</thead>
			<tbody>
				{deliveries.map((delivery) => (
					<tr key={delivery.event_id}>
						<td>
							<label class="check">
								<input
									type="checkbox"
									checked={marked.has(delivery.event_id)}
									onChange={() => onMark(toggled(marked, delivery.event_id))}
								/>
								<span>
									<code>{delivery.type}</code> <span class="quiet">{delivery.seq}</span>
								</span>
							</label>
						</td>
						<td data-name="Chat">{delivery.chat ?? '–'}</td>
						<td data-name="Attempts">{attemptsOf(delivery)}</td>
						<td data-name="When">
							<When {...delivery} />
						</td>
						<td>
							<Button sends onClick={() => onLook(delivery.seq)}>
								Look<span class="hidden"> at {delivery.seq}</span>
							</Button>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	)
}

function When({ next_attempt_at: next, given_up_at: end }: Delivery) {
	if (end)
		return (
			<>
				given up <Time at={end} />
			</>
		)
	if (next)
		return (
			<>
				again <Time at={next} />
			</>
		)
	return <>waits</>
}

function attemptsOf({ attempts, why }: Delivery): string {
	const tries = attempts === 1 ? '1 try' : `${attempts} tries`
	return why ? `${why}, ${tries}` : tries
}

function toggled(marked: ReadonlySet<string>, id: string): ReadonlySet<string> {
	const next = new Set(marked)
	if (!next.delete(id)) next.add(id)
	return next
}
