import { createHash } from 'node:crypto'
import { newSessionId } from '../../openapi/schemas.ts'

// Together with a dash and the hash they are as long as an id of ours may be.
const MAX_WORDS = 48
const HASH_DIGITS = 12

/**
 * The id of the session of an instance: its name, or an id made of it where a name has what our ids have not.
 * The same name always has the same id.
 * @example
 * sessionIdOf('shop') // 'shop'
 * sessionIdOf('Loja São Paulo') // 'Loja-S-o-Paulo-0a1b2c3d4e5f'
 */
export function sessionIdOf(instanceName: string): string {
	if (newSessionId.safeParse(instanceName).success) return instanceName
	const words = instanceName.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
	const hash = hex(instanceName).slice(0, HASH_DIGITS)
	return [words.slice(0, MAX_WORDS), hash].filter(Boolean).join('-')
}

/** The name of an instance: that of the session, if its id was made of it. */
export function instanceNameOf({ id, name }: { id: string; name: string }): string {
	return sessionIdOf(name) === id ? name : id
}

/** The UUID of the instance of a session, which follows from its id. */
export function instanceIdOf(sessionId: string): string {
	const digits = hex(`evolution instance ${sessionId}`)
	// The marks of a UUID that is made of a name, RFC 9562.
	const variant = ((parseInt(digits[16]!, 16) & 0x3) | 0x8).toString(16)
	const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`]
	return [...parts, `${variant}${digits.slice(17, 20)}`, digits.slice(20, 32)].join('-')
}

const hex = (text: string) => createHash('sha256').update(text).digest('hex')
