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
	setPrivacy,
	statusAudienceLists,
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
	settings: z
		.array(z.object({ category: z.enum(categoryNames), value: z.string() }))
		.min(1)
		.optional()
		.meta({ title: 'Settings', description: 'The same as a list of categories and values' }),
})

/** The settings of both forms. @throws GatewayError for a value that a category does not have, or if there is none */
function changesIn({ settings = [], ...given }: z.output<typeof body>) {
	const listed = settings.map(({ category, value }, index) => {
		if (choices[category].safeParse(value).success) return [category, value]
		const values = privacyCategories[category].values.join(', ')
		const field = `settings.${index}.value`
		throw new GatewayError('invalid_request', `${category} can be: ${values}.`, { field })
	})
	const changes = { ...Object.fromEntries(listed), ...given } as Partial<
		Record<PrivacyCategory, string>
	>
	if (Object.keys(changes).length) return changes
	throw new GatewayError('invalid_request', `Give one of: ${categoryNames.join(', ')}.`, {
		field: 'settings',
	})
}

/** Who sees what of the account. */
export const privacyRoutes = [
	defineRoute({
		method: 'get',
		path: '/privacy/settings',
		summary: 'Get the privacy settings',
		answer: settingsSchema,
		node: { resource: 'privacy', name: 'Get' },
		run: ({ session }) => session.withSocket(({ socket }) => privacyOf(socket)),
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
		run: ({ session, body }) =>
			session.withSocket(async (deps) => {
				await setPrivacy(deps, changesIn(body))
				return privacyOf(deps.socket)
			}),
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
