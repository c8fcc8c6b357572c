type Fields = Record<string, unknown>

/**
 * The fields of a request to send. The shapes of version 1 are taken as well: `textMessage`, `mediaMessage` and the
 * like around the content, `options` around the rest. In a form everything is a text, also what is an object.
 */
export function sendFieldsOf(body: unknown): unknown {
	if (!isObject(body)) return body
	const { options, ...rest } = body
	const flat = { ...optionsIn(options), ...withoutWrapper(rest) }
	return Object.fromEntries(
		Object.entries(flat).map(([name, value]) => [name, parsed(name, value)]),
	)
}

/** What version 1 has around the content, and the field of version 2 where that has another name. */
const wrappers: Record<string, Record<string, string>> = {
	textMessage: {},
	mediaMessage: {},
	audioMessage: {},
	stickerMessage: { image: 'sticker' },
	locationMessage: {},
	reactionMessage: {},
	pollMessage: {},
	listMessage: {},
	statusMessage: {},
}

function withoutWrapper(fields: Fields): Fields {
	const name = Object.keys(wrappers).find((wrapper) => isObject(fields[wrapper]))
	if (!name) {
		const { contactMessage, ...rest } = fields
		return Array.isArray(contactMessage) ? { ...rest, contact: contactMessage } : fields
	}
	const { [name]: content, ...rest } = fields
	const named = Object.entries(content as Fields).map(([field, value]) => [
		wrappers[name]![field] ?? field,
		value,
	])
	return { ...Object.fromEntries(named), ...rest }
}

function optionsIn(options: unknown): Fields {
	if (!isObject(options)) return {}
	const { mentions, presence: _, ...rest } = options
	return { ...rest, ...(isObject(mentions) && mentions) }
}

const structured = ['quoted', 'mentioned', 'statusJidList', 'contact', 'buttons', 'sections', 'key']

function parsed(name: string, value: unknown): unknown {
	if (typeof value !== 'string' || !structured.includes(name)) return value
	try {
		return JSON.parse(value)
	} catch {
		return value
	}
}

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
