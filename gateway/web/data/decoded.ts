/**
 * A part of an address as it was before it was encoded.
 * @returns undefined where a person has typed or pasted something that no encoding gives: `%E0%A4`
 */
export function decoded(part: string): string | undefined {
	try {
		return decodeURIComponent(part)
	} catch {
		return undefined
	}
}
