import { z } from '@hono/zod-openapi'
import { sendMex } from '../../../session/ask/mex.ts'
import { requireAdminKey } from '../../api-keys/caller.ts'
import { defineRoute } from '../define-route.ts'

const answer = z.object({
	data: z.record(z.string(), z.unknown()).nullable(),
	errors: z.array(z.looseObject({ message: z.string().optional() })),
})

const body = z.object({
	doc_id: z
		.string()
		.regex(/^\d{5,25}$/, 'must be a number')
		.meta({ title: 'Document ID', examples: ['6563316087068696'] }),
	variables: z.record(z.string(), z.unknown()).default({}).meta({ title: 'Variables' }),
})

/** WhatsApp's GraphQL, as it is. WhatsApp has one way for both. */
export const mexRoutes = (['query', 'mutate'] as const).map((kind) =>
	defineRoute({
		method: 'post',
		path: `/mex/${kind}`,
		summary:
			kind === 'query' ? 'Ask GraphQL of WhatsApp' : 'Change something by GraphQL of WhatsApp',
		description:
			'Sends the query with the number `doc_id`, as WhatsApp Web has it, and answers with what WhatsApp answers; errors of GraphQL are in `errors`. Only with an admin key.',
		body,
		answer,
		node: 'It is for trying what has no route yet; HTTP Request does it',
		run({ session, caller, body: { doc_id, variables } }) {
			requireAdminKey(caller)
			return session.withSocket(({ socket }) => sendMex(socket, doc_id, variables))
		},
	}),
)
