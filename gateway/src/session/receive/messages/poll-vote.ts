import { createHash } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import { jidsOf } from '../../identity.ts'
import type { MessageReader } from './define.ts'
import { decryptWithSecret } from './secrets.ts'
import { targetFields, findTarget, type TargetMessage } from './target-message.ts'

export const readPollVote: MessageReader = async (unwrapped, deps) => {
	const { pollCreationMessageKey: key, vote } = unwrapped.content.pollUpdateMessage!
	if (!key?.id) return undefined
	const about = targetFields(key.id, unwrapped, deps)
	const poll = await findTarget(key.id, about.chat, deps)
	const offered = optionsOf(poll)
	const chosen = poll && vote && chosenIn(key.id, poll, about.sender, vote)
	const options = chosen && offered.filter((name) => chosen.has(optionDigest(name)))
	const cast = options && (await deps.votes.cast(key.id, jidsOf(about.sender), options))
	const data = {
		...about,
		poll: (poll?.said['name'] as string | undefined) ?? null,
		options: options ?? null,
		totals: cast ? totalsOf(offered, cast.votes) : null,
	}
	return { event: { type: 'poll.vote', data }, changes: cast?.changes ?? [] }
}

const optionDigest = (option: string) => createHash('sha256').update(option).digest('hex')

function optionsOf(poll: TargetMessage | undefined): string[] {
	return poll?.said.type === 'poll' ? (poll.said['options'] as string[]) : []
}

/** The digests of the chosen options; undefined if they cannot be decrypted. */
function chosenIn(
	id: string,
	{ author, secret }: TargetMessage,
	sender: Identity,
	vote: proto.Message.IPollEncValue,
): Set<string> | undefined {
	const plain = secret && decryptWithSecret(vote, 'Poll Vote', { id, secret, author, sender })
	if (!plain) return undefined
	const { selectedOptions } = proto.Message.PollVoteMessage.decode(plain)
	return new Set(selectedOptions.map((hash) => Buffer.from(hash).toString('hex')))
}

function totalsOf(options: string[], votes: Iterable<string[]>) {
	const all = [...votes]
	return options.map((option) => ({
		option,
		votes: all.filter((chosen) => chosen.includes(option)).length,
	}))
}
