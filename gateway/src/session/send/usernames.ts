import { GatewayError } from '../../errors.ts'
import { createLru } from '../../lib/lru.ts'
import { HOUR_MS } from '../../lib/units.ts'
import { findUsername, type FoundUsername } from '../ask/find-username.ts'
import { isNo } from '../ask/whatsapp-errors.ts'
import { identityOf } from '../identity.ts'
import type { SessionContext } from '../session-context.ts'

/** A username may be given up, and be another person's then. */
const KEEP_MS = HOUR_MS
const REMEMBERED = 1_000
/** The code for queries that WhatsApp does not know. */
const NOT_IMPLEMENTED = '501'

/** `@name`, or `@name:1234` with the key that its owner wants. */
const FORM = /^@(?<name>(?=[\d_.]*[a-z])[a-z\d_.]{3,35})(?::(?<key>\d{4}))?$/i
/** The servers of jids: who writes one of these has lost the number before it. */
const SERVERS = ['s.whatsapp.net', 'c.us', 'g.us', 'lid', 'hosted', 'newsletter', 'broadcast']

/** Whether a recipient is given by username. */
export const isUsername = (to: string): boolean => {
	const { name } = FORM.exec(to.trim())?.groups ?? {}
	return name !== undefined && !SERVERS.includes(name.toLowerCase())
}

type UsernameDeps = Pick<SessionContext, 'state' | 'socketOnceOpen' | 'otherName'>

/** Finds the people behind usernames. */
export function createUsernames({ state, socketOnceOpen, otherName }: UsernameDeps) {
	const known = createLru<string, { lid: string; until: number }>(REMEMBERED)

	/**
	 * The LID of whoever has a username now; WhatsApp is asked if it has not said so within an hour.
	 * @throws GatewayError recipient_not_on_whatsapp, invalid_recipient if a key is wanted, and those of `askWhatsApp`
	 */
	return async function lidOf(to: string): Promise<string> {
		const { name = '', key } = FORM.exec(to.trim())!.groups!
		const place = to.trim().toLowerCase()
		const before = known.get(place)
		if (before && before.until > Date.now()) return before.lid
		const found = await ask(name, key)
		if (!('lid' in found)) throw notFound(name, found)
		known.set(place, { lid: found.lid, until: Date.now() + KEEP_MS })
		const { contacts, commit } = await state()
		const person = identityOf(found.lid, otherName)
		const { changes } = contacts.learn(person, { username: name }, 'message')
		if (changes.length) await commit(changes)
		return found.lid
	}

	async function ask(name: string, key: string | undefined): Promise<FoundUsername> {
		const socket = await socketOnceOpen()
		return findUsername(socket, name, key).catch((error: GatewayError) => {
			const { whatsapp_code: code = '' } = error.facts
			if (!isNo(error) && code !== NOT_IMPLEMENTED) throw error
			return { why: 'refused', code }
		})
	}
}

function notFound(name: string, found: Exclude<FoundUsername, { lid: string }>): GatewayError {
	const facts = { field: 'to' }
	if (found.why === 'key_wanted') {
		const advice = `@${name} is found with its key of four digits only: give \`to\` as \`@${name}:1234\`.`
		return new GatewayError('invalid_recipient', advice, facts)
	}
	if (found.why === 'unknown') {
		const advice = `Nobody on WhatsApp has the username @${name}. Check \`to\`.`
		return new GatewayError('recipient_not_on_whatsapp', advice, facts)
	}
	const advice = `WhatsApp does not say who has the username @${name} (code ${found.code}). Give \`to\` as a phone number or a LID.`
	return new GatewayError('recipient_not_on_whatsapp', advice, {
		...facts,
		whatsapp_code: found.code,
	})
}
