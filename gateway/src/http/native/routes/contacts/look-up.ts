import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../../errors.ts'
import {
	aboutOf,
	lookUpNumbers,
	lookUpPeople,
	pictureOf,
	type LookedUp,
} from '../../../../session/actions/contacts/look-up.ts'
import { defineRoute } from '../../define-route.ts'
import { contactRef } from '../../params.ts'
import { pictureQuery, pictureSchema, shownPicture } from '../pictures.ts'
import { contactParam } from './schemas.ts'

/** WhatsApp is asked for each of them, one after the other, within the time of one call. */
const MOST_PEOPLE = 50

const phones = z
	.array(z.string().max(40))
	.min(1)
	.max(MOST_PEOPLE)
	.meta({
		title: 'Phone Numbers',
		description: `With country code; ${MOST_PEOPLE} at most`,
		examples: [['4915112345678']],
	})

const personSchema = z
	.object({
		jid: z.string().nullable(),
		lid: z.string().nullable(),
		is_registered: z.boolean().nullable().meta({ description: 'Null if WhatsApp does not say' }),
		is_business: z.boolean(),
		verified_name: z.string().nullable(),
		status: z.string().nullable().meta({ description: 'The about text; null if it is hidden' }),
		picture_id: z.string().nullable(),
	})
	.openapi('PersonFacts')

const shown = (facts: LookedUp): z.output<typeof personSchema> => ({
	jid: facts.jid,
	lid: facts.lid,
	is_registered: facts.isRegistered,
	is_business: facts.isBusiness,
	verified_name: facts.verifiedName,
	status: facts.about.text,
	picture_id: facts.pictureId,
})

/** What WhatsApp tells of people. */
export const lookUpRoutes = [
	defineRoute({
		method: 'post',
		path: '/contacts/info',
		summary: 'Get the public details of contacts',
		description:
			'Give `jid` for the names that are known of a contact, or `phones` for what WhatsApp tells of numbers. WhatsApp blocks accounts that ask about many unknown numbers.',
		body: z.object({ jid: contactRef.optional(), phones: phones.optional() }),
		answer: z.union([
			z.object({
				jid: z.string(),
				name: z.string().nullable().meta({ description: 'In the address book' }),
				notify: z.string().nullable().meta({ description: 'That the contact has chosen' }),
				verified_name: z.string().nullable(),
			}),
			z.object({ contacts: z.array(personSchema) }),
		]),
		node: { resource: 'contact', name: 'Get Info' },
		async run({ session, body: { jid, phones } }) {
			if ((jid === undefined) === (phones === undefined)) throw oneOfBoth()
			if (phones) {
				const found = await session.withSocket((deps) => lookUpNumbers(deps, phones))
				return { contacts: found.map(shown) }
			}
			const [found] = await session.withSocket((deps) => lookUpPeople(deps, [jid!]))
			const names = await session.people.namesOf(found!.jid!)
			return {
				jid: found!.jid!,
				name: names.saved_name ?? null,
				notify: names.name ?? null,
				verified_name: found!.verifiedName ?? names.business_name ?? null,
			}
		},
	}),
	defineRoute({
		method: 'post',
		path: '/contacts/users',
		summary: 'Get the public details of people by their ids',
		body: z.object({
			jids: z
				.array(z.string().min(1).max(100))
				.min(1)
				.max(MOST_PEOPLE)
				.meta({ title: 'People', examples: [['4915112345678@s.whatsapp.net']] }),
		}),
		answer: z.object({ users: z.array(personSchema) }),
		node: 'Contact: Get Info asks the same',
		async run({ session, body }) {
			const found = await session.withSocket((deps) => lookUpPeople(deps, body.jids))
			return { users: found.map(shown) }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/contacts/{jid}/picture',
		summary: 'Get the picture of a contact',
		description: 'All is null if there is none, or it is hidden from the account.',
		params: contactParam,
		query: pictureQuery,
		answer: pictureSchema,
		node: { resource: 'contact', name: 'Get Picture', fileAt: 'url' },
		async run({ session, params, query }) {
			const picture = await session.withSocket((deps) => pictureOf(deps, params.jid, query.preview))
			return shownPicture(picture)
		},
	}),
	defineRoute({
		method: 'get',
		path: '/contacts/{jid}/about',
		summary: 'Get the about text of a contact',
		params: contactParam,
		answer: z.object({
			about: z.string().nullable(),
			set_at: z.iso.datetime().nullable(),
			hidden: z
				.boolean()
				.meta({ description: 'WhatsApp does not tell whether it is hidden or there is none' }),
		}),
		node: { resource: 'contact', name: 'Get About' },
		async run({ session, params }) {
			const { text, setAt, hidden } = await session.withSocket((deps) => aboutOf(deps, params.jid))
			return {
				about: text,
				set_at: setAt === null ? null : new Date(setAt * 1000).toISOString(),
				hidden,
			}
		},
	}),
]

function oneOfBoth() {
	return new GatewayError('invalid_request', 'Give either `jid` or `phones`.', { field: 'jid' })
}
