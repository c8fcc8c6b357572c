type Json = Record<string, unknown>

/** A message as it is sent on. Its secret belongs to the first one. */
export function forwarded({ messageContextInfo: _, conversation, ...others }: Json): Json {
	const said = conversation ? { extendedTextMessage: { text: conversation } } : others
	return Object.fromEntries(
		Object.entries(said).map(([name, content]) => [
			name,
			{ ...(content as Json), contextInfo: { isForwarded: true, forwardingScore: 1 } },
		]),
	)
}
