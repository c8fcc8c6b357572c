import type { proto } from '@whiskeysockets/baileys'
import type { Content } from '../bubble.ts'
import { count, some, type Readers } from './readers.ts'

function poll(said: proto.Message.IPollCreationMessage): Content {
	const correct = some(said.correctAnswer?.optionName)
	return {
		kind: 'poll',
		text: said.name ?? '',
		options: (said.options ?? []).map(({ optionName }) => option(optionName, 0)),
		most: said.selectableOptionsCount ?? 0,
		voters: 0,
		...(correct && { correct }),
	}
}

const option = (name: string | null | undefined, votes: number) => ({
	name: name ?? '',
	votes,
	mine: false,
	voters: [],
})

function pollResult(said: proto.Message.IPollResultSnapshotMessage): Content {
	const options = (said.pollVotes ?? []).map(({ optionName, optionVoteCount }) =>
		option(optionName, count(optionVoteCount) ?? 0),
	)
	const voters = options.reduce((sum, { votes }) => sum + votes, 0)
	return { kind: 'poll', text: said.name ?? '', options, most: 0, voters, closed: true }
}

/** Polls and events. Votes and responses come as messages of their own. */
export const pollReaders: Readers = {
	pollCreationMessage: poll,
	pollCreationMessageV2: poll,
	pollCreationMessageV3: poll,
	pollCreationMessageV5: poll,
	pollResultSnapshotMessage: pollResult,
	pollResultSnapshotMessageV3: pollResult,
	eventMessage: ({ name, description, startTime, endTime, location, joinLink, isCanceled }) => {
		const [start, end] = [count(startTime), count(endTime)]
		const place = some(location?.name) ?? some(location?.address)
		return {
			kind: 'event',
			text: name ?? '',
			...(some(description) && { description: description! }),
			...(start && { start }),
			...(end && { end }),
			...(place && { place }),
			...(some(joinLink) && { link: joinLink! }),
			canceled: isCanceled ?? false,
			responses: {},
		}
	},
}
