import { identity } from '../identity.ts'

/** What every event of a group says. */
export const ofGroup = {
	chat: identity.meta({ description: 'The group' }),
	by: identity.nullable().meta({ description: 'The person who did it, if WhatsApp says so' }),
}
