// The longer ones first: `sender-key-memory-…` is not a sender key.
const types = [
	'app-state-sync-key',
	'app-state-sync-version',
	'sender-key-memory',
	'sender-key',
	'identity-key',
	'lid-mapping',
	'device-list',
	'pre-key',
	'session',
	'tctoken',
] as const

export type KeyType = (typeof types)[number]

type KeyName = { type: KeyType; id: string }

const EXTENSION = '.json'

/** What a file of useMultiFileAuthState holds; undefined for one that is none of its keys. */
export function keyOfFile(file: string): KeyName | undefined {
	if (!file.endsWith(EXTENSION)) return undefined
	const key = keyNamed(file.slice(0, -EXTENSION.length))
	return key && { ...key, id: unescaped(key) }
}

/** A key by its type and its id, as Baileys itself calls it; undefined for what is none. @example 'session-4917.0' */
export function keyNamed(name: string): KeyName | undefined {
	const type = types.find((each) => name.startsWith(`${each}-`))
	return type && { type, id: name.slice(type.length + 1) }
}

// Baileys writes `/` as `__` and `:` as `-`, and escapes neither of these: which it was is known by the
// type only. A slash can be in the base64 of a key id, a colon between the parts of a sender key's name.
function unescaped({ type, id }: KeyName): string {
	if (type === 'app-state-sync-key') return id.replaceAll('__', '/')
	if (type === 'sender-key') return id.replace(/--([^-]+)--(\d+)$/, '::$1::$2')
	return id
}
