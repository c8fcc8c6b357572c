import { createHash } from 'node:crypto'
import { decryptPollVote, type proto } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import type { Reading } from './define.ts'
import { namesOf, unseal } from './secrets.ts'
import { aboutOf, targetOf, type Target } from './target-message.ts'

export const readVote: Reading = async (arrived, receiver) => {
	const { pollCreationMessageKey: key, vote } = arrived.content.pollUpdateMessage!
	if (!key?.id) return undefined
	const about = aboutOf(key.id, arrived, receiver)
	const poll = await targetOf(key.id, about.chat, receiver)
	const offered = optionsOf(poll)
	const chosen = poll && vote && chosenIn(key.id, poll, about.sender, vote)
	const options = chosen && offered.filter((name) => chosen.has(hashOf(name)))
	const cast = options && (await receiver.votes.cast(key.id, namesOf(about.sender), options))
	const data = {
		...about,
		poll: (poll?.said['name'] as string | undefined) ?? null,
		options: options ?? null,
		totals: cast ? totalsOf(offered, cast.votes) : null,
	}
	return { happening: { type: 'poll.vote', data }, changes: cast?.changes ?? [] }
}

const hashOf = (option: string) => createHash('sha256').update(option).digest('hex')

function optionsOf(poll: Target | undefined): string[] {
	return poll?.said.type === 'poll' ? (poll.said['options'] as string[]) : []
}

/** The hashes of what was chosen; undefined if that cannot be read. */
function chosenIn(
	pollMsgId: string,
	{ author, secret: pollEncKey }: Target,
	voter: Identity,
	vote: proto.Message.IPollEncValue,
): Set<string> | undefined {
	if (!pollEncKey) return undefined
	const plain = unseal(author, voter, (pollCreatorJid, voterJid) =>
		decryptPollVote(vote, { pollCreatorJid, pollMsgId, pollEncKey, voterJid }),
	)
	return plain && new Set(plain.selectedOptions.map((hash) => Buffer.from(hash).toString('hex')))
}

function totalsOf(options: string[], votes: Iterable<string[]>) {
	const all = [...votes]
	return options.map((option) => ({
		option,
		votes: all.filter((chosen) => chosen.includes(option)).length,
	}))
}
