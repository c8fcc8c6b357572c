import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../errors.ts'
import { media } from '../../../messages/media-source.ts'
import { linkBrand, linkState, type LinkRecord } from '../../links/link-record.ts'
import type { Links } from '../../links/store.ts'
import { done, doneSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'

const DAY_MINUTES = 24 * 60

const linkSchema = z
	.object({
		id: z.string(),
		state: linkState.meta({
			description:
				'A `new` or `opened` link can be used; `used_up`: five pairing codes were asked for with it',
		}),
		...linkBrand.shape,
		created_at: z.iso.datetime(),
		expires_at: z.iso.datetime(),
		opened_at: z.iso.datetime().nullable(),
		opened_by: z.string().nullable().meta({ description: 'Device and address of the browser' }),
		linked_at: z.iso.datetime().nullable(),
	})
	.openapi('PairingLink')

function shown(link: LinkRecord, links: Links): z.input<typeof linkSchema> {
	const {
		hash: _,
		browser: __,
		session: ___,
		logo: ____,
		revoked_at: _____,
		codes: ______,
		refused: _______,
		...rest
	} = link
	return { ...rest, state: links.stateOf(link) }
}

/** Pairing links: a client links a phone in a page, without a key. */
export const linkRoutes = [
	defineRoute({
		method: 'post',
		path: '/links',
		summary: 'Create a pairing link',
		description:
			'Whoever opens the link first can link a phone to this session, and nothing else. It works in one browser and ends ' +
			'when the phone is linked.',
		body: linkBrand.extend({
			minutes: z
				.number()
				.int()
				.min(5)
				.max(7 * DAY_MINUTES)
				.default(60)
				.meta({ title: 'Minutes', description: 'How long it works' }),
			logo: media({
				title: 'Logo',
				description: 'An image; its middle is shown as a square',
				example: 'https://example.com/logo.png',
			}).optional(),
		}),
		files: true,
		answer: linkSchema.extend({
			url: z.url().meta({ description: 'The link, which is returned only now' }),
		}),
		node: { resource: 'session', name: 'Create Pairing Link' },
		async run({ session, links, body: { logo, ...wanted } }) {
			const { me, status } = session.view()
			if (me && status !== 'logged_out') throw alreadyLinked(session.id)
			const { link, token } = await links.store().create({
				...wanted,
				session: session.id,
				logo: logo ? (await session.pictureFrom(logo, 'logo')).toString('base64') : null,
			})
			return { ...shown(link, links.store()), url: links.urlOf(token) }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/links',
		summary: 'List the pairing links of a session',
		description: 'Newest first; a link is listed for a week after its end.',
		answer: z.object({ links: z.array(linkSchema), total: z.number().int() }),
		node: { resource: 'session', name: 'Get Many Pairing Links', itemsOf: 'links' },
		run: async ({ session, links }) => {
			const listed = links.store().list(session.id)
			return { links: listed.map((link) => shown(link, links.store())), total: listed.length }
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/links/{link}',
		summary: 'Revoke a pairing link',
		params: z.object({ link: z.string().meta({ title: 'Link', description: 'Id of the link' }) }),
		answer: doneSchema,
		node: { resource: 'session', name: 'Revoke Pairing Link' },
		async run({ session, links, params }) {
			await links.store().revoke(session.id, params.link)
			return done
		},
	}),
]

function alreadyLinked(id: string) {
	const advice = `Session ${id} is linked already: a pairing link would link it to another phone. Log it out first.`
	return new GatewayError('session_already_linked', advice)
}
