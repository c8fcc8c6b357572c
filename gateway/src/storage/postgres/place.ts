import pg from 'pg'
import { CopyError } from '../copy-error.ts'
import type { Database } from './database.ts'
import type { Run } from './run.ts'

/** What names this very state among all that look like it: a dump or a copy that is brought back has other names. */
type Place = {
	/** The cluster; null where the role may not ask for it. */
	system: string | null
	/** The numbers of the database and of a table in it: restoring makes new ones. */
	database: number
	state: number
}

const OF_DATABASE = `select (select oid from pg_database where datname = current_database())::bigint as database,
	'wag.state'::regclass::oid::bigint as state`

async function placeOf(run: Run): Promise<Place> {
	const [place] = await run<Omit<Place, 'system'>>({ text: OF_DATABASE })
	return { ...place!, system: await systemOf(run) }
}

/** Some services do not let it be read. */
async function systemOf(run: Run): Promise<string | null> {
	const text = 'select system_identifier::text as system from pg_control_system()'
	try {
		const [row] = await run<{ system: string }>({ text })
		return row!.system
	} catch (error) {
		if (error instanceof pg.DatabaseError) return null
		throw error
	}
}

function isSame(now: Place, before: Place): boolean {
	const isSystem = now.system === null || before.system === null || now.system === before.system
	return isSystem && now.database === before.database && now.state === before.state
}

const knownPlace = async (run: Run) => (await run<Place>({ text: 'select * from wag.place' }))[0]

/** Whether the state was in another database when it was last used. */
export async function isCopy(run: Run): Promise<boolean> {
	const known = await knownPlace(run)
	return known !== undefined && !isSame(await placeOf(run), known)
}

/** Notes where the state is if that was not known. @throws CopyError if it was elsewhere before */
export async function refuseCopy(database: Database): Promise<void> {
	const known = await knownPlace(database.query)
	if (!known) return notePlace(database)
	if (!isSame(await placeOf(database.query), known)) throw new CopyError()
}

/** From now on the state is where it is now. */
export async function notePlace(database: Database): Promise<void> {
	const { system, database: number, state } = await placeOf(database.query)
	await database.transaction(async (client) => {
		await client.query('delete from wag.place')
		await client.query('insert into wag.place (system, database, state) values ($1, $2, $3)', [
			system,
			number,
			state,
		])
	})
}
