/** The names of all fields of one of WhatsApp's messages, from the class that Baileys has of it. */
export function fieldsOf({ prototype }: { prototype: object }): string[] {
	const values = prototype as Record<string, unknown>
	// What begins with `_` says which of several fields is set.
	return Object.getOwnPropertyNames(values).filter(
		(name) => !name.startsWith('_') && typeof values[name] !== 'function',
	)
}
