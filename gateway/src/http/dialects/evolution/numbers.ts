import { z } from '@hono/zod-openapi'
import { identityOf } from '../../../session/identity.ts'
import type { SessionDeps } from '../../../session/session-deps.ts'
import { findNumbers } from '../../../session/ask/find-numbers.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { readNumber } from './number.ts'
import { sessionOf } from './session.ts'

const found = z.object({
	jid: z.string(),
	exists: z.boolean(),
	number: z.string().meta({ description: 'As it was asked for' }),
	name: z.string().optional(),
	lid: z.string().optional(),
})

type Found = z.output<typeof found>

/** `POST /chat/whatsappNumbers/{instance}`. */
export const numbers = (services: Services): Endpoint =>
	endpoint({
		method: 'post',
		path: '/chat/whatsappNumbers/{instance}',
		summary: 'Check which numbers are on WhatsApp',
		body: z.object({ numbers: z.array(z.string()).min(1).max(1_000) }),
		response: z.array(found),
		run: (call) =>
			sessionOf(services, call).withSocket(async (deps) =>
				call.c.json(await lookUp([...new Set(call.body.numbers)], deps)),
			),
	})

/** All numbers are asked for in one query, each in all its spellings. */
async function lookUp(given: string[], deps: SessionDeps): Promise<Found[]> {
	const meant = given.map((number) => ({ number, as: readNumber(number) }))
	const phones = meant.flatMap(({ as }) => (as && 'phones' in as ? as.phones : []))
	if (phones.length) deps.takeChecks(phones.length)
	const answers = phones.length ? await findNumbers(deps.socket, phones) : new Map()
	const results = meant.map(({ number, as }): Found => {
		if (!as) return { jid: `${number}@s.whatsapp.net`, exists: false, number }
		if ('jid' in as) return { jid: as.jid, exists: true, number }
		const person = as.phones.map((phone) => answers.get(phone)).find((one) => one)
		if (!person) return { jid: `${as.phones[0]}@s.whatsapp.net`, exists: false, number }
		const { jid, lid } = person
		const { name } = { name: deps.state.contacts.namesOf(identityOf(jid, deps.otherName)).name }
		return { jid, exists: true, number, ...(name && { name }), ...(lid && { lid }) }
	})
	return results.sort((a, b) => kindOf(a) - kindOf(b))
}

/** Broadcasts first, then groups, then people. */
const kindOf = ({ jid }: Found) => (jid.endsWith('@broadcast') ? 0 : jid.endsWith('@g.us') ? 1 : 2)
