import { CopyError } from '../../storage/copy-error.ts'
import { UnfitDatabaseError } from '../../storage/unfit-database.ts'
import { fine, warning, wrong, type Check, type Finding } from '../check.ts'

/** A lone send waits for two or three round trips. */
const FAR_MS = 20
/** The row of a session is written with each commit: while a transaction is open, its old versions are kept. */
const LONG_S = 60

export const databaseCheck: Check = {
	name: 'database',
	title: 'Database',
	settings: ['STATE_URL'],
	async run({ config: { STATE_URL }, running }) {
		if (STATE_URL === undefined) return []
		const { inspectDatabase } = await import('../../storage/postgres/inspect.ts')
		const facts = await inspectDatabase(STATE_URL).catch((error: Error) => error)
		if (facts instanceof UnfitDatabaseError) return wrong(facts.message)
		if (facts instanceof Error)
			return wrong(
				`The database behind STATE_URL cannot be reached: ${facts.message || String(facts)}.`,
				'See whether PostgreSQL runs there, and whether user, password and database are right.',
			)
		if (facts.isCopy) return wrong(new CopyError().message)
		const findings: Finding[] = []
		if (facts.user && !running) findings.push(fine(`The database is in use by ${facts.user}.`))
		if (!facts.hasChecksums)
			findings.push(
				warning(
					'The database has no checksums: a disk that damages it is noticed late.',
					'Stop PostgreSQL, and enable them: pg_checksums --enable',
				),
			)
		if (facts.standbys > 0 && !facts.isSynchronous)
			findings.push(
				warning(
					'The database has a standby, for which commits do not wait: when the standby takes over, messages are lost.',
					'Set synchronous_standby_names, or accept that.',
				),
			)
		if (facts.roundTripMs > FAR_MS)
			findings.push(
				warning(
					`A round trip to the database takes ${Math.round(facts.roundTripMs)} ms, and a send waits for two or three.`,
					'Run the gateway near its database.',
				),
			)
		if (facts.oldestTransactionS > LONG_S)
			findings.push(
				warning(
					`A transaction in the database has been open for ${Math.round(facts.oldestTransactionS)} s: commits get slower meanwhile.`,
					'See pg_stat_activity for whose it is. Make backups on a standby.',
				),
			)
		return [fine(`PostgreSQL ${facts.version} can be used.`), ...findings]
	},
}
