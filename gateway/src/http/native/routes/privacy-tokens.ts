import { z } from '@hono/zod-openapi'
import { identity } from '../../../events/identity.ts'
import { issueTokens, type PrivacyToken } from '../../../session/actions/privacy/tokens.ts'
import { defineRoute } from '../define-route.ts'
import { contactRef } from '../params.ts'

const MOST_PEOPLE = 256
const UNIX = 'Unix time in seconds'

const times = {
	token_timestamp: z
		.number()
		.int()
		.nullable()
		.meta({ description: `When the person gave theirs, ${UNIX}; null if they did not` }),
	sender_timestamp: z
		.number()
		.int()
		.nullable()
		.meta({ description: `When the account gave its own, ${UNIX}; null if it did not` }),
}

const timesOf = ({ token_timestamp, sender_timestamp }: PrivacyToken) => ({
	token_timestamp,
	sender_timestamp,
})

/** Privacy tokens; paths and answers are those of WA-RS. */
export const privacyTokenRoutes = [
	defineRoute({
		method: 'post',
		path: '/tctoken/issue',
		summary: 'Issue privacy tokens',
		description:
			'Gives people a token with which they reach the account in spite of its privacy settings. A message gives one as well, once a week. Not verified against WhatsApp.',
		body: z.object({
			jids: z
				.array(z.string().min(1).max(100))
				.min(1)
				.max(MOST_PEOPLE)
				.meta({
					title: 'People',
					description: `Phone numbers with country code, or ids; ${MOST_PEOPLE} at most`,
					examples: [['4915112345678']],
				}),
		}),
		answer: z.object({
			tokens: z.array(
				z.object({ jid: z.string(), timestamp: z.number().int().meta({ description: UNIX }) }),
			),
		}),
		success: 'The people who have one now',
		node: { resource: 'privacy', name: 'Issue Tokens', itemsOf: 'tokens' },
		async run({ session, body: { jids } }) {
			const timestamp = await session.withSocket((deps) => issueTokens(deps, jids))
			return { tokens: jids.map((jid) => ({ jid, timestamp })) }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/tctoken/list',
		summary: 'Get many privacy tokens',
		description: 'The people with whom a token was exchanged. The tokens themselves stay secret.',
		answer: z.object({
			jids: z.array(z.string()),
			tokens: z.array(z.object({ contact: identity, ...times, expired: z.boolean() })),
		}),
		node: { resource: 'privacy', name: 'Get Many Tokens', itemsOf: 'tokens' },
		async run({ session }) {
			const tokens = await session.privacyTokens.list()
			return { jids: tokens.map(({ contact }) => contact.id), tokens }
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/tctoken/expired',
		summary: 'Delete expired privacy tokens',
		description: 'Those that are older than four weeks.',
		answer: z.object({ pruned_count: z.number().int() }),
		node: { resource: 'privacy', name: 'Delete Expired Tokens' },
		run: async ({ session }) => ({ pruned_count: await session.privacyTokens.prune() }),
	}),
	defineRoute({
		method: 'get',
		path: '/tctoken/{jid}',
		summary: 'Get the privacy token of a person',
		params: z.object({ jid: contactRef }),
		answer: z.object({ jid: z.string(), ...times, found: z.boolean() }),
		node: { resource: 'privacy', name: 'Get Token' },
		async run({ session, params: { jid } }) {
			const token = await session.privacyTokens.of(jid)
			if (token) return { jid, ...timesOf(token), found: true }
			return { jid, token_timestamp: null, sender_timestamp: null, found: false }
		},
	}),
]
