import { z } from '@hono/zod-openapi'
import type { RawMessage } from '../../../events/raw-message.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import type { LooseJson } from '../loose-json.ts'
import { contentOf } from './content.ts'
import { Refused, refused } from './errors.ts'
import { sessionOf } from './session.ts'

const result = z.object({ votes: z.number().int(), voters: z.array(z.string()) })

/** `POST /chat/decryptPollVote/{instance}` of version 2.4. */
export const polls = (services: Services): Endpoint =>
	endpoint({
		method: 'post',
		path: '/chat/decryptPollVote/{instance}',
		summary: 'Show the votes of a poll',
		body: z.object({
			message: z.looseObject({ key: z.looseObject({ id: z.string().min(1) }) }),
			remoteJid: z.string().optional(),
		}),
		response: z.object({
			poll: z.object({
				name: z.string(),
				totalVotes: z.number().int(),
				results: z.record(z.string(), result).meta({ description: 'Option → its votes' }),
			}),
		}),
		async run(call) {
			const { history } = sessionOf(services, call)
			const { id } = call.body.message.key
			const { messages } = await history.find({ id }, { skip: 0, size: 1 })
			const [found] = messages
			if (!found) throw new Refused(['Poll message not found'], 'message_not_found')
			const { name, options } = pollIn(found.raw)
			const votes = await history.votesIn(id)
			const results = options.map((option) => {
				const voters = votes.filter((vote) => vote.options.includes(option))
				return [option, { votes: voters.length, voters: voters.map(({ voter }) => voter.id) }]
			})
			const totalVotes = votes.filter((vote) => vote.options.length).length
			return call.c.json({ poll: { name, totalVotes, results: Object.fromEntries(results) } })
		},
	})

/** @throws GatewayError for a message that is no poll */
function pollIn(raw: RawMessage['message']): { name: string; options: string[] } {
	const { message, messageType } = contentOf(raw)
	const { name = '', options = [] } = message[messageType] ?? {}
	if (!messageType.startsWith('pollCreationMessage')) throw refused('The message is not a poll')
	return { name, options: options.map(({ optionName }: LooseJson) => optionName) }
}
