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

/** What a file of useMultiFileAuthState holds; undefined for one that is none of its keys. */
export function keyOfFile(name: string): { type: KeyType; id: string } | undefined {
	const type = types.find((each) => name.startsWith(`${each}-`))
	if (!type || !name.endsWith('.json')) return undefined
	return { type, id: unescaped(type, name.slice(type.length + 1, -'.json'.length)) }
}

// Baileys writes `/` as `__` and `:` as `-`, and escapes neither of these: which it was is known by the
// type only. A slash can be in the base64 of a key id, a colon between the parts of a sender key's name.
function unescaped(type: KeyType, id: string): string {
	if (type === 'app-state-sync-key') return id.replaceAll('__', '/')
	if (type === 'sender-key') return id.replace(/--([^-]+)--(\d+)$/, '::$1::$2')
	return id
}
