import { isGatewayError } from '../../../errors.ts'
import { businessProfileOf } from '../../../session/actions/business/profile.ts'
import { lookUpPeople } from '../../../session/actions/contacts/look-up.ts'
import type { BusinessProfile } from '../../../session/ask/business-profile.ts'
import { isSame } from '../../../session/identity.ts'
import type { SessionDeps } from '../../../session/session-deps.ts'
import type { Session } from '../../../session/session.ts'

/** The profile of a person. @returns one without facts where WhatsApp does not tell them */
export async function shownProfile(session: Session, wuid: string, deps: SessionDeps) {
	try {
		return await profileOf(session, wuid, deps)
	} catch (error) {
		if (!isGatewayError(error) || !error.code.startsWith('whatsapp_')) throw error
		return { wuid, name: null, picture: null, status: null, os: null, isBusiness: false }
	}
}

async function profileOf(session: Session, wuid: string, deps: SessionDeps) {
	const [facts] = await lookUpPeople(deps, [wuid])
	const [names, picture] = await Promise.all([
		session.people.namesOf(wuid),
		session.pictures.urlOf(wuid, { fresh: true }),
	])
	const { about, verifiedName, isRegistered } = facts!
	const own = deps.me()
	const ownName = own && isSame(own, await session.identity(wuid)) ? own.name : null
	const { profile } = await businessProfileOf(deps, wuid)
	return {
		wuid,
		name: ownName ?? names.saved_name ?? names.name ?? verifiedName,
		numberExists: isRegistered ?? true,
		picture,
		status: about.text === null ? null : { status: about.text, setAt: about.setAt },
		isBusiness: facts!.isBusiness || profile !== null,
		...(profile && {
			email: profile.email,
			description: profile.description,
			website: profile.websites[0] ?? null,
		}),
	}
}

/** What a business tells of itself, under the names that Baileys has for it. */
export const shownBusiness = (wid: string, profile: BusinessProfile) => ({
	...{ isBusiness: true, wid, address: profile.address, description: profile.description },
	...{ website: profile.websites, email: profile.email },
	category: profile.categories[0]?.name ?? null,
	business_hours: profile.hours && {
		timezone: profile.hours.timezone,
		business_config: profile.hours.days.map(({ day, mode, open, close }) => ({
			day_of_week: day,
			mode,
			...(open !== null && { open_time: open }),
			...(close !== null && { close_time: close }),
		})),
	},
})
