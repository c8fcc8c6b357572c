import type { ClientBase, QueryResultRow } from 'pg'
import type { Statement } from './database.ts'

/** What runs a statement: the pool, or one connection. */
export type Run = <Row>(statement: Statement) => Promise<Row[]>

export const runWith =
	(client: ClientBase): Run =>
	async <Row>(statement: Statement) =>
		(await client.query<Row & QueryResultRow>(statement)).rows
