import { useState } from 'preact/hooks'
import type { GatewayEvent } from '../../../src/events/index.ts'
import { isChatter } from '../../data/event-words.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Choice, numberOptions } from '../../parts/choice.tsx'
import { Field } from '../../parts/field.tsx'
import { H1 } from '../../parts/h1.tsx'
import { Notice } from '../../parts/notice.tsx'
import type { PageProps } from '../index.ts'
import { EventRow } from './event-row.tsx'
import { filterLines, noFilter, type EventFilter } from './filter.ts'
import { linesOf } from './lines.ts'
import { useOlder } from './use-older.ts'

const ALL = { value: '', label: 'All' }

const kindsOf = (events: GatewayEvent[]) => [...new Set(events.map(({ type }) => type))].sort()

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
						<Choice
							attributes={attributes}
							options={[ALL, ...numberOptions(state.sessions)]}
							value={filter.session}
							onChoose={(session) => change({ session })}
						/>
					)}
				</Field>
				<Field label="Kind">
					{(attributes) => (
						<Choice
							attributes={attributes}
							options={[ALL, ...kindsOf(all).map((type) => ({ value: type, label: type }))]}
							value={filter.type}
							onChoose={(type) => change({ type })}
						/>
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
				{older.problem && <Notice kind="bad">{older.problem.message}</Notice>}
				<Button disabled={older.isBusy || older.isAll} onClick={older.load}>
					{older.isAll ? 'There are no older ones' : 'Show older ones'}
				</Button>
			</div>
		</div>
	)
}
