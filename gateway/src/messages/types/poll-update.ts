import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../errors.ts'
import { unquotable } from '../envelope.ts'
import { defineMessage, type Earlier } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'
import { refuseChannel } from '../refuse-channel.ts'
import { poll } from './poll.ts'
import { authorship, targetOf } from '../fields/target.ts'

const base64 = z.string().regex(/^[\w+/-]+={0,2}$/, 'must be base64')
const sealed = (title: string, what: string, example: string) =>
	base64
		.max(16_384)
		.optional()
		.meta({
			title,
			description: `${what} that is already encrypted; the options are then ignored`,
			examples: [example],
		})

export const pollUpdate = defineMessage({
	type: 'poll-update',
	aliases: ['vote'],
	title: 'Vote',
	description: `A vote in a poll. It replaces this account's earlier vote. ${unquotable}`,
	schema: z
		.object({
			poll_message_id: messageIdField('Poll', 'Id of the message with the poll'),
			selected_options: z
				.array(z.string().min(1).max(256))
				.max(12)
				.meta({
					title: 'Options',
					description:
						'All chosen options: their texts, or the SHA-256 of their texts in hexadecimal or base64. An empty list takes the vote back',
					examples: [['Red']],
				}),
			enc_iv: sealed('Encryption IV', 'IV of a vote', 'MTIzNDU2Nzg5MDEy'),
			enc_payload: sealed('Encrypted Vote', 'A vote', 'ZW5jcnlwdGVk'),
			...authorship,
		})
		.refine(({ enc_iv: iv, enc_payload: payload }) => !iv === !payload, {
			path: ['enc_iv'],
			error: 'goes with `enc_payload`',
		}),
	refersTo: ({ poll_message_id: id, ...input }) => targetOf('poll_message_id', id, input),
	toContent({ selected_options: chosen, enc_iv: iv, enc_payload: payload }, tools) {
		refuseChannel(tools.chat)
		const question = tools.earlier.poll_message_id
		const vote =
			iv && payload
				? { encIv: Buffer.from(iv, 'base64'), encPayload: Buffer.from(payload, 'base64') }
				: tools.encrypt('poll_message_id', {
						vote: { selectedOptions: hashesOf(chosen, question) },
					})
		return {
			pollUpdateMessage: {
				pollCreationMessageKey: tools.keys.poll_message_id,
				vote,
				senderTimestampMs: Date.now(),
			},
		}
	},
	fromContent({ pollUpdateMessage: update }) {
		if (!update) return undefined
		const { pollCreationMessageKey: key, vote } = update
		return {
			poll_message_id: key?.id ?? '',
			enc_iv: textOf(vote?.encIv),
			enc_payload: textOf(vote?.encPayload),
		}
	},
	stanza: () => ({ nodes: [{ tag: 'meta', attrs: { polltype: 'vote' } }] }),
})

const textOf = (bytes: Uint8Array | null | undefined) =>
	bytes ? Buffer.from(bytes).toString('base64') : undefined

/** How a vote names what is chosen. @throws GatewayError for what the poll does not offer */
function hashesOf(chosen: string[], question: Earlier | undefined): Buffer[] {
	// What nobody remembers has no secret either: `seal` says so.
	if (!question) return []
	const asked = poll.fromContent!(question.content)
	if (!asked) throw cannotVote('poll_message_id', 'That message is not a poll.')
	const { options = [], selectable_count: most = 0 } = asked
	if (most && chosen.length > most)
		throw cannotVote('selected_options', `The poll lets ${most} be chosen.`)
	const offered = options.map(optionHash)
	return chosen.map((choice, index) => {
		const wanted = [optionHash(choice), Buffer.from(choice, 'hex'), Buffer.from(choice, 'base64')]
		const found = offered.find((hash) => wanted.some((each) => each.equals(hash)))
		if (found) return found
		throw cannotVote(`selected_options.${index}`, `The poll offers: ${options.join(', ')}.`)
	})
}

const optionHash = (option: string) => createHash('sha256').update(option).digest()

const cannotVote = (field: string, advice: string) =>
	new GatewayError('invalid_request', `\`${field}\`: ${advice}`, { field })
