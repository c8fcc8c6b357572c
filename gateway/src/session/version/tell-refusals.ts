import type { NewEvent } from '../../events/index.ts'
import { versionText, type ClientVersion } from './client-version.ts'

/** Records what becomes of a session whose version is refused: each refused version once, and the one that follows. */
export function tellRefusals(record: (event: NewEvent) => void) {
	/** The version that was refused while there was no other one. */
	let waiting: string | undefined

	function tell(refused: string, version: string | null, hint: string | null) {
		record({ type: 'session.version', data: { refused, version, hint } })
	}

	return {
		/** @param next the version with which it connects now, if there is one */
		refused(version: ClientVersion, next: ClientVersion | undefined, advice: string): void {
			const refused = versionText(version)
			if (!next && refused === waiting) return
			waiting = next ? undefined : refused
			tell(refused, next ? versionText(next) : null, next ? null : advice)
		},
		/** The session connects as this version. */
		connects(version: ClientVersion): void {
			const text = versionText(version)
			if (waiting === undefined || text === waiting) return
			tell(waiting, text, null)
			waiting = undefined
		},
		/** WhatsApp takes the version again. */
		accepted(): void {
			waiting = undefined
		},
	}
}
