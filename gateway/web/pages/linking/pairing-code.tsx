import { ask } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import * as parts from '../../parts/pairing-code.tsx'

export function PairingCode({ session }: { session: SessionView }) {
	const path = `/sessions/${encodeURIComponent(session.id)}/pair`
	const request = (phone: string) => ask<parts.Pairing>('POST', path, { phone_number: phone })
	return <parts.PairingCode request={request} />
}
