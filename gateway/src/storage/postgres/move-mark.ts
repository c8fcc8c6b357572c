import { moveMark, type MoveMark } from '../move-mark.ts'
import type { Database } from './database.ts'

/** What the database says of a move, if it is a side of one. */
export async function readMoveMark(database: Database): Promise<MoveMark | undefined> {
	const [row] = await database.query({ text: 'select kind, move, other from wag.move' })
	return row === undefined ? undefined : moveMark.parse(row)
}
