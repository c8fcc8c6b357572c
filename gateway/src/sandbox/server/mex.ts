import { childOf, node } from '../wire/node.ts'
import type { Party } from './model.ts'
import { QueryError, type Query } from './query.ts'
import type { WhatsApp } from './whatsapp.ts'

/** What clients may say in a query of GraphQL. */
export type Variables = {
	newsletter_id?: string
	user_id?: string
	input?: {
		name?: string
		description?: string | null
		picture?: string
		key?: string
		newsletter_id?: string
		count?: number
	}
	updates?: { name?: string; description?: string; picture?: string }
}

/** Answers a query of GraphQL with what stands below a name. @throws QueryError */
export type Mex = (
	whatsapp: WhatsApp,
	sender: Party,
	variables: Variables,
) => { path: string; data: unknown }

/** Queries of GraphQL by the numbers that clients send. A refusal is an error of GraphQL, in an answer of success. */
export const answerMex =
	(queries: Record<string, Mex>): Query =>
	(whatsapp, sender, iq) => {
		const query = childOf(iq, 'query')
		const result = (answer: object) => [node('result', {}, Buffer.from(JSON.stringify(answer)))]
		try {
			const { path, data } = answerOf(queries, whatsapp, sender, {
				id: query?.attrs.query_id ?? '',
				variables: variablesIn(query?.content),
			})
			whatsapp.events.emit('change')
			return result({ data: { [path]: data } })
		} catch (error) {
			if (!(error instanceof QueryError)) throw error
			const { code: error_code, message } = error
			const extensions = { error_code, is_retryable: false, severity: 'CRITICAL' }
			return result({ data: null, errors: [{ message, extensions }] })
		}
	}

function answerOf(
	queries: Record<string, Mex>,
	whatsapp: WhatsApp,
	sender: Party,
	{ id, variables }: { id: string; variables: Variables },
) {
	const query = whatsapp.queryFaults.isRetired(id) ? undefined : queries[id]
	if (!query) throw new QueryError(400, `no persisted document ${id}`)
	return query(whatsapp, sender, variables)
}

const variablesIn = (content: unknown): Variables =>
	(JSON.parse(String(content)) as { variables?: Variables }).variables ?? {}
