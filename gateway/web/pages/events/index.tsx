import { useState } from 'preact/hooks'
import type { GatewayEvent } from '../../../src/events/index.ts'
import { isChatter } from '../../data/event-words.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Field } from '../../parts/field.tsx'
import { H1 } from '../../parts/h1.tsx'
import type { PageProps } from '../index.ts'
import { EventRow } from './event-row.tsx'
import { filterLines, noFilter, type EventFilter } from './filter.ts'
import { linesOf } from './lines.ts'
import { useOlder } from './use-older.ts'

/** What happens, newest on top. */
export function Events({ state }: PageProps) {
	const [filter, setFilter] = useState<EventFilter>(noFilter)
	const [paused, setPaused] = useState<GatewayEvent[]>()
	const older = useOlder(state.events, state.sessions)
	const all = [...(paused ?? state.events), ...older.events]
	const shown = filterLines(linesOf(all.filter((event) => !isChatter(event))), filter)
	const change = (part: Partial<EventFilter>) => setFilter({ ...filter, ...part })
	return (
		<div class="stack">
			<div class="head">
				<H1>Events</H1>
				<Button
					aria-pressed={paused !== undefined}
					onClick={() => setPaused(paused ? undefined : state.events)}
				>
					{paused ? 'Go on' : 'Pause'}
				</Button>
			</div>
			<div class="filters">
				<Field label="Number">
					{(attributes) => (
						<select
							{...attributes}
							onChange={(event) => change({ session: event.currentTarget.value })}
						>
							<option value="">All</option>
							{state.sessions.map(({ id, name }) => (
								<option key={id} value={id}>
									{name}
								</option>
							))}
						</select>
					)}
				</Field>
				<Field label="Kind">
					{(attributes) => (
						<select
							{...attributes}
							onChange={(event) => change({ type: event.currentTarget.value })}
						>
							<option value="">All</option>
							{[...new Set(all.map(({ type }) => type))].sort().map((type) => (
								<option key={type}>{type}</option>
							))}
						</select>
					)}
				</Field>
				<Field label="Person or text">
					{(attributes) => (
						<input
							{...attributes}
							type="search"
							onInput={(event) => change({ text: event.currentTarget.value })}
						/>
					)}
				</Field>
			</div>
			{shown.length === 0 ? (
				<Empty>
					<p>Nothing has happened yet, or nothing that you look for.</p>
				</Empty>
			) : (
				<ol class="log card" aria-label="Events">
					{shown.map((line) => (
						<EventRow key={line.key} line={line} />
					))}
				</ol>
			)}
			<div class="row">
				<Button disabled={older.isBusy || older.isAll} onClick={older.load}>
					{older.isAll ? 'There are no older ones' : 'Show older ones'}
				</Button>
			</div>
		</div>
	)
}
