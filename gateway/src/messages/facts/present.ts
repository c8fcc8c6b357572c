/** A value without what is not there; undefined if nothing is. */
export function present<Fields extends object>(fields: Fields): Fields | undefined {
	const known = Object.entries(fields).filter(([, value]) => value !== undefined)
	return known.length ? (Object.fromEntries(known) as Fields) : undefined
}

/** A text; undefined for the empty one, which protobuf takes for none. */
export const textOrNone = (text: string | null | undefined): string | undefined => text || undefined

/** Bytes as base64. */
export const bytesOrNone = (bytes: Uint8Array | null | undefined): string | undefined =>
	bytes?.length ? Buffer.from(bytes).toString('base64') : undefined
