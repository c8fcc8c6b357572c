import { z } from '@hono/zod-openapi'
import { identity } from '../../../events/identity.ts'
import { GatewayError } from '../../../errors.ts'
import {
	categoryNames,
	privacyCategories,
	type PrivacyCategory,
} from '../../../session/ask/privacy-categories.ts'
import {
	privacyOf,
	setDefaultTimer,
	setLinkPreviews,
	setPrivacy,
	statusAudienceLists,
	type PrivacyChanges,
} from '../../../session/actions/privacy/settings.ts'
import { done, doneSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { timerBody } from './timer-field.ts'

const settingsSchema = z
	.object({
		settings: z.array(
			z.object({
				category: z.string().meta({ examples: ['last'] }),
				value: z.string().meta({ examples: ['contacts'] }),
			}),
		),
		default_disappearing: z
			.number()
			.int()
			.meta({ description: 'Seconds after which messages of new chats disappear; 0 for never' }),
		link_previews: z
			.boolean()
			.meta({ description: 'Whether phones and computers of the account make previews of links' }),
	})
	.openapi('PrivacySettings')

type Choice = z.ZodOptional<z.ZodType<string>>

const choices = Object.fromEntries(
	categoryNames.map((category) => {
		const { values, title, description } = privacyCategories[category]
		return [category, z.enum(values).optional().meta({ title, description }) as Choice]
	}),
) as Record<PrivacyCategory, Choice>

const body = z.object({
	...choices,
	link_previews: z.boolean().optional().meta({
		title: 'Link Previews',
		description:
			'Whether phones and computers of the account make previews of links. Messages that are sent here have an option of their own',
	}),
	settings: z
		.array(z.object({ category: z.enum(categoryNames), value: z.string() }))
		.min(1)
		.optional()
		.meta({ title: 'Settings', description: 'The same as a list of categories and values' }),
})

/** The categories of both forms. @throws GatewayError for a value that a category does not have */
function categoriesIn({
	settings = [],
	link_previews: _,
	...given
}: z.output<typeof body>): PrivacyChanges {
	const listed = settings.map(({ category, value }, index) => {
		if (choices[category].safeParse(value).success) return [category, value]
		const values = privacyCategories[category].values.join(', ')
		const field = `settings.${index}.value`
		throw new GatewayError('invalid_request', `${category} can be: ${values}.`, { field })
	})
	return { ...Object.fromEntries(listed), ...given }
}

function refuseNothing(changes: PrivacyChanges, { link_previews }: z.output<typeof body>) {
	if (Object.keys(changes).length || link_previews !== undefined) return
	const advice = `Give one of: ${categoryNames.join(', ')}, link_previews.`
	throw new GatewayError('invalid_request', advice, { field: 'settings' })
}

/** Who sees what of the account. */
export const privacyRoutes = [
	defineRoute({
		method: 'get',
		path: '/privacy/settings',
		summary: 'Get the privacy settings',
		answer: settingsSchema,
		node: { resource: 'privacy', name: 'Get' },
		run: ({ session }) => session.withSocket(privacyOf),
	}),
	defineRoute({
		method: 'put',
		path: '/privacy/settings',
		summary: 'Update the privacy settings',
		description:
			'Settings that are left out stay. With `contact_blacklist`, the list of excluded people on the phone stays as it is.',
		body,
		answer: settingsSchema,
		success: 'All settings as they are now',
		node: { resource: 'privacy', name: 'Update' },
		run({ session, body }) {
			const changes = categoriesIn(body)
			refuseNothing(changes, body)
			return session.withSocket(async (deps) => {
				await setPrivacy(deps, changes)
				if (body.link_previews !== undefined) await setLinkPreviews(deps, body.link_previews)
				return privacyOf(deps)
			})
		},
	}),
	defineRoute({
		method: 'put',
		path: '/privacy/default-disappearing',
		summary: 'Set the disappearing messages of new chats',
		body: timerBody,
		answer: doneSchema,
		node: { resource: 'privacy', name: 'Set Disappearing Messages' },
		async run({ session, body }) {
			await session.withSocket((deps) => setDefaultTimer(deps, body.seconds))
			return done
		},
	}),
	defineRoute({
		method: 'get',
		path: '/privacy/status',
		summary: 'Get the audience of status updates',
		description: 'Only the phone can change it. Not verified against WhatsApp.',
		answer: z.object({
			lists: z.array(
				z.object({
					type: z.string().meta({
						description:
							'`contacts`: all of them; `blacklist`: all but these; `whitelist`: these alone',
						examples: ['contacts'],
					}),
					in_use: z.boolean(),
					people: z.array(identity),
				}),
			),
		}),
		node: { resource: 'privacy', name: 'Get Status Audience', itemsOf: 'lists' },
		run: async ({ session }) => ({ lists: await session.withSocket(statusAudienceLists) }),
	}),
]
