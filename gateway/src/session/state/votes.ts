import type { Change, StateStore } from '../../storage/driver.ts'
import { createLru } from '../../lib/lru.ts'
import { dailyCollections } from '../daily-collections.ts'
import { questionDays } from './keep-days.ts'

/** How many polls have their votes in memory; others are read when a vote comes. */
const RECENT_POLLS = 200

type Ballot = Map<string, string[]>

/**
 * The votes in polls. Each voter has a record, so that a vote costs the same however many there are.
 */
export async function openVotes(state: StateStore, keepDays: number) {
	const votes = await dailyCollections<string[]>(state, 'vote', questionDays(keepDays))
	const recent = createLru<string, Promise<Ballot>>(RECENT_POLLS)

	function ballotOf(poll: string): Promise<Ballot> {
		const known = recent.get(poll)
		if (known) return known
		const ballot = read(poll)
		recent.set(poll, ballot)
		return ballot
	}

	async function read(poll: string): Promise<Ballot> {
		const prefix = `${poll} `
		const found = await votes.startingWith(prefix)
		return new Map([...found].map(([id, options]) => [id.slice(prefix.length), options]))
	}

	return {
		/** Keeps a vote, and returns all votes of the poll. @param voter all jids of the voter: an earlier vote may be under another */
		async cast(poll: string, voter: string[], options: string[]) {
			const ballot = await ballotOf(poll)
			const [name = ''] = voter
			for (const other of voter) ballot.delete(other)
			ballot.set(name, options)
			const earlier = voter.slice(1).map((other): Change => votes.put(`${poll} ${other}`, []))
			const changes = [votes.put(`${poll} ${name}`, options), ...earlier]
			return { changes, votes: [...ballot.values()] }
		},
		/** The votes of a poll: the jid of each voter, and the chosen options. */
		of: ballotOf,
		prune: () => votes.prune(),
	}
}

export type Votes = Awaited<ReturnType<typeof openVotes>>
