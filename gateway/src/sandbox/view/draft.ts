import type { Bubble, Content } from './bubble.ts'
import type { Change } from './changes.ts'
import { describe } from './content/index.ts'

/** Who changes a bubble; `name` as it is shown. */
type Author = { person: string; name: string; isMine: boolean }
type By<T> = Map<string, Author & { said: T }>

const byPerson = <T>(): By<T> => new Map()

/** A bubble while its changes are applied, in the order in which they came. */
export class Draft {
	readonly #bubble: Bubble
	/** Each person has one reaction, one vote and one response: the newest. */
	readonly #reactions = byPerson<string>()
	readonly #votes = byPerson<string[]>()
	readonly #responses = byPerson<string>()

	constructor(bubble: Bubble) {
		this.#bubble = bubble
	}

	apply(change: Change, author: Author): void {
		const bubble = this.#bubble
		if (change.does === 'react')
			this.#reactions.set(author.person, { ...author, said: change.emoji })
		if (change.does === 'vote') this.#votes.set(author.person, { ...author, said: change.options })
		if (change.does === 'respond')
			this.#responses.set(author.person, { ...author, said: change.response })
		if (change.does === 'pin') set(bubble, 'pinned', change.on)
		if (change.does === 'keep') set(bubble, 'kept', change.on)
		if (change.does === 'delete') {
			const text = author.isMine ? 'You deleted this message.' : deletedBy(bubble, author)
			bubble.content = { kind: 'deleted', text }
			this.#reactions.clear()
		}
		if (change.does === 'edit') this.#edit(describe(change.message))
	}

	finished(): Bubble {
		return {
			...this.#bubble,
			content: this.#counted(this.#bubble.content),
			reactions: [...grouped(this.#reactions)].map(([emoji, people]) => ({
				emoji,
				mine: people.some(({ isMine }) => isMine),
				by: people.map(({ name }) => name),
			})),
		}
	}

	/** An edit has a text alone, also where it is the caption of a file. */
	#edit(edited: Content | undefined): void {
		const { content } = this.#bubble
		if (!edited || content.kind === 'deleted') return
		this.#bubble.content =
			edited.kind !== 'text' || content.kind === 'text'
				? edited
				: ({ ...content, text: edited.text } as Content)
		this.#bubble.edited = true
	}

	#counted(content: Content): Content {
		if (content.kind === 'poll' && !content.closed) return this.#countVotes(content)
		if (content.kind !== 'event') return content
		const mine = [...this.#responses.values()].find(({ isMine }) => isMine)?.said
		const names = [...grouped(this.#responses)].map(([response, people]) => [
			response,
			people.map(({ name }) => name),
		])
		return { ...content, responses: Object.fromEntries(names), ...(mine && { mine }) }
	}

	#countVotes(poll: Extract<Content, { kind: 'poll' }>): Content {
		const votes = [...this.#votes.values()].filter(({ said }) => said.length)
		const options = poll.options.map((option) => {
			const voters = votes.filter(({ said }) => said.includes(option.name))
			return {
				name: option.name,
				votes: voters.length,
				mine: voters.some(({ isMine }) => isMine),
				voters: voters.map(({ name }) => name),
			}
		})
		return { ...poll, options, voters: votes.length }
	}
}

const deletedBy = (bubble: Bubble, { person, name }: Author) =>
	person === bubble.author.id ? 'This message was deleted.' : `${name} deleted this message.`

function set(bubble: Bubble, mark: 'pinned' | 'kept', on: boolean): void {
	if (on) bubble[mark] = true
	else delete bubble[mark]
}

/** The people by what they said; '' is taken back. */
function grouped(said: By<string>): Map<string, Author[]> {
	const groups = new Map<string, Author[]>()
	for (const author of said.values())
		if (author.said) groups.set(author.said, [...(groups.get(author.said) ?? []), author])
	return groups
}
