import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Change } from '../../../../../gateway/src/storage/driver.ts'
import {
	postgresStorage,
	type PostgresStorageOptions,
} from '../../../../../gateway/src/storage/postgres/index.ts'
import { atEnd } from '../../../../support/directories.ts'
import { withClient } from '../../../../support/postgres.ts'

/** Opens a storage that is closed with the test. */
export async function openStorage(
	t: TestContext,
	url: string,
	options: Partial<PostgresStorageOptions> = {},
) {
	const storage = await postgresStorage(url, { onLost: assert.fail, ...options })
	let isOpen = true
	async function close() {
		if (isOpen) await storage.close()
		isOpen = false
	}
	atEnd(t, close)
	return {
		...storage,
		close,
		/** The state of a session. */
		session: (id: string, initial: () => Change[] = () => []) =>
			storage.state(`sessions/${id}/state`, initial),
	}
}

/** Does something to a database by hand. */
export const sql = <Row extends object>(url: string, text: string, values: unknown[] = []) =>
	withClient(url, async (client) => (await client.query<Row>(text, values)).rows)

export const put = (collection: string, id: string, value: unknown): Change => ({
	collection,
	id,
	value,
})

/** Makes the database refuse what is written to a table. @returns ends that */
export async function refusing(url: string, table: string, code: string, when = 'true') {
	await sql(
		url,
		`create function wag.refuse() returns trigger language plpgsql as $$
			begin raise exception 'refused by a test' using errcode = '${code}'; end $$`,
	)
	await sql(
		url,
		`create trigger refuse before insert or update on ${table}
			for each row when (${when}) execute function wag.refuse()`,
	)
	return () => sql(url, 'drop function wag.refuse cascade')
}
