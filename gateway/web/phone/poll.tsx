import type { Content } from '../../src/sandbox/view/bubble.ts'
import { does } from './acts.ts'
import { chosenAfter } from './votes.ts'

type PollContent = Extract<Content, { kind: 'poll' }>

/** A poll: a press votes, another one takes it back. */
export function Poll({ id, poll }: { id: string; poll: PollContent }) {
	const { text, options, most, voters, closed, correct } = poll
	const chosen = options.filter(({ mine }) => mine).map(({ name }) => name)
	const vote = (name: string) => void does('vote', { id, options: chosenAfter(chosen, name, most) })
	return (
		<div role="group" aria-label={`Poll: ${text}`}>
			<strong dir="auto">{text}</strong>
			<p class="note">
				{closed ? 'Votes so far' : most === 1 ? 'Choose one' : 'Choose one or more'}
				{correct && `, ${correct} is right`}
			</p>
			<ul class="poll">
				{options.map(({ name, votes, mine, voters: names }) => (
					<li key={name}>
						<button
							type="button"
							class="option"
							aria-pressed={mine}
							disabled={closed}
							onClick={() => vote(name)}
						>
							<span class={`mark ${most === 1 ? 'round' : ''}`} aria-hidden="true" />
							<span dir="auto">{name}</span>
							<span title={names.join(', ')}>
								{votes}
								<span class="hidden"> votes</span>
							</span>
						</button>
						<progress max={Math.max(voters, 1)} value={votes} aria-label={`Votes for ${name}`} />
					</li>
				))}
			</ul>
		</div>
	)
}
