import type { BinaryNode } from '../wire/node.ts'
import type { Party } from './model.ts'
import type { WhatsApp } from './whatsapp.ts'

/** The refusal of a query: becomes `<iq type="error"><error code text/></iq>`. */
export class QueryError extends Error {
	readonly code: number
	constructor(code: number, text: string) {
		super(text)
		this.code = code
	}
}

export const notFound = () => new QueryError(404, 'item-not-found')
export const forbidden = () => new QueryError(403, 'forbidden')

/** Answers a device's query with the children of the result, if there are any. @throws QueryError */
export type Query = (whatsapp: WhatsApp, sender: Party, query: BinaryNode) => BinaryNode[] | void
/** By `type xmlns first-child`. */
export type Queries = Record<string, Query>
