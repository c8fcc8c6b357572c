import { proto } from '@whiskeysockets/baileys'
import { SECOND_MS } from '../../lib/units.ts'
import type { SessionState } from '../state/index.ts'

type Creds = Pick<SessionState['auth'], 'creds'>

/** Creates what tells when the device was linked, as its phone has signed it. Every send may ask. */
export function createLinkedAt() {
	let read: { details: unknown; time: number | undefined } | undefined

	/** @returns Unix time in milliseconds; undefined if the phone does not say it */
	return function linkedAt({ creds }: Creds): number | undefined {
		const details = creds.account?.details
		if (read?.details !== details) read = { details, time: timeIn(details) }
		return read?.time
	}
}

/** @param details base64 once they come from the disk: Baileys has them as JSON then */
function timeIn(details: Uint8Array | string | null | undefined): number | undefined {
	if (!details?.length) return undefined
	const bytes = typeof details === 'string' ? Buffer.from(details, 'base64') : details
	const { timestamp } = proto.ADVDeviceIdentity.decode(bytes)
	return Number(timestamp ?? 0) * SECOND_MS || undefined
}
