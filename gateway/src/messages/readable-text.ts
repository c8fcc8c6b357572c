/** Fields of WhatsApp's messages that people read: `contentText`, `packDescription`, `displayName`, … */
const READABLE =
	/(^|[a-z])(text|caption|title|subtitle|body|description|names?|subject|note|label|conversation|content|params|items|prompts?)$/i

/** Fields that are so called and are nothing to read, and what is not part of what a message says. */
const HIDDEN = /^(contextInfo|messageContextInfo|.*[fF]ile_?[nN]ame|elementName|__typename)$/

/** An event has its place in a log and in the body of a delivery. */
const MOST_CHARACTERS = 4_096
const MOST_LEVELS = 32

/**
 * Whatever people can read in a message that is of no type of ours: its texts, a line each, in the order in which they
 * are in it, at most 4,096 characters.
 */
export function readableText(content: unknown): string | undefined {
	const lines = new Set<string>()
	let room = MOST_CHARACTERS
	for (const text of textsIn(content, '', 0)) {
		if (room <= 0) break
		const line = text.trim().slice(0, room)
		if (!line || lines.has(line)) continue
		lines.add(line)
		room -= line.length + 1
	}
	return [...lines].join('\n') || undefined
}

function* textsIn(value: unknown, field: string, level: number): Generator<string> {
	if (typeof value === 'string') {
		if (READABLE.test(field)) yield value
	} else if (Array.isArray(value)) {
		for (const item of value) yield* textsIn(item, field, level + 1)
	} else if (isRecord(value) && level < MOST_LEVELS) {
		for (const [name, inner] of Object.entries(value))
			if (!HIDDEN.test(name)) yield* textsIn(inner, name, level + 1)
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
