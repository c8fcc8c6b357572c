import { keyLength } from '../../http/api-keys/store.ts'
import type { FoundKey } from '../found-session.ts'
import type { InstanceRow } from './rows.ts'

/** The token of an instance, which is a key for its session alone. */
export function instanceKeys({ name, token }: InstanceRow): {
	keys: FoundKey[]
	carries: string[]
	leaves: string[]
} {
	if (!token) return { keys: [], carries: [], leaves: [] }
	if (token.length < keyLength.min || token.length > keyLength.max)
		return {
			keys: [],
			carries: [],
			leaves: [
				`its token, which does not have ${keyLength.min} to ${keyLength.max} characters: make a key for its clients`,
			],
		}
	return {
		keys: [{ name: `Evolution API: ${name}`, role: 'member', key: token }],
		carries: ['its token, as a key for this session alone'],
		leaves: [],
	}
}
