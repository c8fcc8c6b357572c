import { z } from '@hono/zod-openapi'
import { businessProfileOf } from '../../../session/actions/business/profile.ts'
import { privacyOf, setPrivacy } from '../../../session/actions/privacy/settings.ts'
import {
	removeOwnPicture,
	setAbout,
	setName,
	setOwnPicture,
} from '../../../session/actions/profile/profile.ts'
import type { SessionDeps } from '../../../session/session-deps.ts'
import type { Session } from '../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { fileText, pictureSourceOf } from './file-source.ts'
import { shownBusiness, shownProfile } from './profile-shown.ts'
import { recipientOf } from './recipient.ts'
import { sessionOf } from './session.ts'

const number = z.string().min(1)
const updated = z.object({ update: z.literal('success') })

const audience = z.enum(['all', 'contacts', 'contact_blacklist', 'none'])
const privacy = z.object({
	readreceipts: z.enum(['all', 'none']),
	profile: audience,
	status: audience,
	online: z.enum(['all', 'match_last_seen']),
	last: audience,
	groupadd: audience,
})

/** What others see of people and of the account. */
export function profiles(services: Services): Endpoint[] {
	/** Changes the account, and answers `{update: "success"}`. */
	const change = <Body extends z.ZodObject>(
		path: string,
		summary: string,
		body: Body,
		act: (session: Session, body: z.output<Body>) => Promise<unknown>,
	) =>
		endpoint({
			method: 'post',
			path: `${path}/{instance}`,
			summary,
			body,
			response: updated,
			async run(call) {
				await act(sessionOf(services, call), call.body)
				return call.c.json({ update: 'success' })
			},
		})

	return [
		endpoint({
			method: 'post',
			path: '/chat/fetchProfilePictureUrl/{instance}',
			summary: 'Get the picture of a person',
			body: z.object({ number }),
			response: z.object({ wuid: z.string(), profilePictureUrl: z.string().nullable() }),
			async run(call) {
				const session = sessionOf(services, call)
				const wuid = await recipientOf(session, call.body.number)
				const profilePictureUrl = await session.pictures.urlOf(wuid, { fresh: true })
				return call.c.json({ wuid, profilePictureUrl })
			},
		}),
		endpoint({
			method: 'post',
			path: '/chat/fetchProfile/{instance}',
			summary: 'Get the profile of a person, or of the account',
			body: z.object({ number: number.optional() }),
			response: z.looseObject({ wuid: z.string(), name: z.string().nullable() }),
			async run(call) {
				const session = sessionOf(services, call)
				const wuid = await personOf(session, call.body.number)
				return call.c.json(await session.withSocket((deps) => shownProfile(session, wuid, deps)))
			},
		}),
		endpoint({
			method: 'post',
			path: '/chat/fetchBusinessProfile/{instance}',
			summary: 'Get the profile of a business',
			body: z.object({ number }),
			response: z.looseObject({ isBusiness: z.boolean() }),
			async run(call) {
				const session = sessionOf(services, call)
				const wid = await recipientOf(session, call.body.number)
				const { profile } = await session.withSocket((deps) => businessProfileOf(deps, wid))
				if (profile) return call.c.json(shownBusiness(wid, profile))
				const message = 'Not is business profile'
				return call.c.json({
					...{ isBusiness: false, message, jid: wid, exists: true, number: call.body.number },
				})
			},
		}),
		change(
			'/chat/updateProfileName',
			'Set the name of the account',
			z.object({ name: z.string().trim().min(1).max(25) }),
			(session, { name }) => session.withSocket((deps) => setName(deps, name)),
		),
		change(
			'/chat/updateProfileStatus',
			'Set the about text of the account',
			z.object({ status: z.string().max(139) }),
			(session, { status }) => session.withSocket((deps) => setAbout(deps, status)),
		),
		change(
			'/chat/updateProfilePicture',
			'Set the picture of the account',
			z.object({ picture: fileText }),
			async (session, { picture }) => {
				const jpeg = await session.pictureFrom(pictureSourceOf(picture), 'picture')
				await session.withSocket((deps) => setOwnPicture(deps, jpeg))
			},
		),
		endpoint({
			method: 'delete',
			path: '/chat/removeProfilePicture/{instance}',
			summary: 'Remove the picture of the account',
			response: updated,
			async run(call) {
				await sessionOf(services, call).withSocket(removeOwnPicture)
				return call.c.json({ update: 'success' })
			},
		}),
		endpoint({
			method: 'get',
			path: '/chat/fetchPrivacySettings/{instance}',
			summary: 'Get the privacy settings of the account',
			response: z.looseObject(privacy.shape),
			async run(call) {
				const shown = await sessionOf(services, call).withSocket(shownPrivacy)
				return call.c.json(shown)
			},
		}),
		endpoint({
			method: 'post',
			path: '/chat/updatePrivacySettings/{instance}',
			summary: 'Set the privacy settings of the account',
			body: privacy,
			response: z.object({ update: z.literal('success'), data: z.looseObject({}) }),
			statuses: [201],
			async run(call) {
				const { readreceipts: read_receipts, groupadd: group_add, ...same } = call.body
				const data = await sessionOf(services, call).withSocket(async (deps) => {
					await setPrivacy(deps, { ...same, read_receipts, group_add })
					return shownPrivacy(deps)
				})
				return call.c.json({ update: 'success', data }, 201)
			},
		}),
	]
}

/** A person as a request names them; the account itself without a number. */
export async function personOf(session: Session, number: string | undefined): Promise<string> {
	if (number) return recipientOf(session, number)
	return session.withSocket(async ({ me }) => me()?.id ?? '')
}

async function shownPrivacy(deps: SessionDeps) {
	const { settings } = await privacyOf(deps)
	const values = Object.fromEntries(settings.map(({ category, value }) => [category, value]))
	const { read_receipts: readreceipts, group_add: groupadd, profile, status, online, last } = values
	return { readreceipts, profile, status, online, last, groupadd }
}
