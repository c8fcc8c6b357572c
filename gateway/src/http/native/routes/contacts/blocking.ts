import { z } from '@hono/zod-openapi'
import { identity } from '../../../../events/identity.ts'
import { blockedPeople, isBlocked, setBlocked } from '../../../../session/actions/contacts/block.ts'
import { doneSaying, doneWithWords } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'
import { contactRef } from '../../params.ts'
import { contactParam } from './schemas.ts'

const body = z.object({ jid: contactRef })

/** Whom the account has blocked. */
export const blockingRoutes = [
	defineRoute({
		method: 'post',
		path: '/blocking/block',
		summary: 'Block a contact',
		description:
			'Their messages and calls do not reach the account any more. Not possible for a LID whose phone number is not known.',
		body,
		answer: doneWithWords,
		node: { resource: 'contact', name: 'Block' },
		async run({ session, body: { jid } }) {
			await session.withSocket((deps) => setBlocked(deps, jid, true))
			return doneSaying('Contact blocked')
		},
	}),
	defineRoute({
		method: 'post',
		path: '/blocking/unblock',
		summary: 'Unblock a contact',
		body,
		answer: doneWithWords,
		node: { resource: 'contact', name: 'Unblock' },
		async run({ session, body: { jid } }) {
			await session.withSocket((deps) => setBlocked(deps, jid, false))
			return doneSaying('Contact unblocked')
		},
	}),
	defineRoute({
		method: 'get',
		path: '/blocking/list',
		summary: 'Get many blocked contacts',
		description: 'A contact whose phone number is not known is named by the LID.',
		answer: z.object({
			blocked: z.array(z.string()),
			count: z.number().int(),
			contacts: z
				.array(identity)
				.meta({ description: 'The same people, with what is known of them' }),
		}),
		node: { resource: 'contact', name: 'Get Many Blocked', itemsOf: 'contacts' },
		async run({ session }) {
			const contacts = await session.withSocket(blockedPeople)
			return { blocked: contacts.map(({ id }) => id), count: contacts.length, contacts }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/blocking/check/{jid}',
		summary: 'Check whether a contact is blocked',
		params: contactParam,
		answer: z.object({ jid: z.string(), blocked: z.boolean(), is_blocked: z.boolean() }),
		node: 'Contact: Get says it, too',
		async run({ session, params }) {
			const found = await session.withSocket((deps) => isBlocked(deps, params.jid))
			return { jid: found.contact.id, blocked: found.blocked, is_blocked: found.blocked }
		},
	}),
]
