import type { Identity } from '../../../events/identity.ts'

/** The jids of a person: which one an encryption was made with depends on the client. */
export function jidsOf({ phone, lid }: Identity): string[] {
	return [phone && `${phone}@s.whatsapp.net`, lid].filter((name) => name !== null)
}

/** Decrypts with whichever jids of two people fit. @returns undefined if none does */
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
