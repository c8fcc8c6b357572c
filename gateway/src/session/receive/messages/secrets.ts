import type { Identity } from '../../../events/identity.ts'

/** The names of a person that a secret may have been made with: that depends on the client. */
export function jidsOf({ phone, lid }: Identity): string[] {
	return [phone && `${phone}@s.whatsapp.net`, lid].filter((name) => name !== null)
}

/** Opens what was encrypted for a pair of people, by whichever of their names fit. */
export function decryptForPair<T>(
	creator: Identity,
	responder: Identity,
	open: (creator: string, responder: string) => T,
): T | undefined {
	for (const first of jidsOf(creator))
		for (const second of jidsOf(responder)) {
			try {
				return open(first, second)
			} catch {
				continue
			}
		}
	return undefined
}
