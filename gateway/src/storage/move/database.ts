import type { Database } from '../postgres/database.ts'
import { openPostgresState, type PostgresStorageOptions } from '../postgres/index.ts'
import { readMoveMark } from '../postgres/move-mark.ts'
import { namesIn } from '../postgres/rekey.ts'
import type { MoveMark } from '../move-mark.ts'
import type { MoveSide } from './side.ts'

/** Opens a database to move its state, or to move state there. @throws LockedError, UnfitDatabaseError */
export async function databaseSide(
	url: string,
	options: PostgresStorageOptions,
): Promise<MoveSide> {
	const { storage, database } = await openPostgresState(url, options)
	return {
		place: placeOf(url),
		storage,
		async names() {
			const [documents, states] = [
				await namesIn(database, 'document'),
				await namesIn(database, 'state'),
			]
			return { documents, states }
		},
		mark: () => readMoveMark(database),
		setMark: (mark) => setMark(database, mark),
	}
}

async function setMark(database: Database, mark: MoveMark | undefined): Promise<void> {
	await database.transaction(async (client) => {
		await client.query('delete from wag.move')
		if (!mark) return
		const { kind, move, other } = mark
		await client.query('insert into wag.move (kind, move, other) values ($1, $2, $3)', [
			kind,
			move,
			other,
		])
	})
}

function placeOf(url: string): string {
	const { protocol, host, pathname } = new URL(url)
	return `${protocol}//${host}${pathname}`
}
