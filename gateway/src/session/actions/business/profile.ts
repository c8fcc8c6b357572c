import { jidNormalizedUser } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import {
	askForBusinessProfile,
	changeBusinessProfile,
	removeCoverPhoto,
	setCoverPhoto,
	type BusinessChange,
	type BusinessProfile,
	type CoverPhoto,
} from '../../ask/business-profile.ts'
import { identityOf, toPersonJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { businessOnly } from './business-only.ts'

/** A person, and what they tell of their business; null if they have none. */
export type FoundBusiness = { jid: string; profile: BusinessProfile | null }

const OWN = 'Business profiles'

/** @throws GatewayError invalid_recipient, and those of `askWhatsApp` */
export async function businessProfileOf(
	{ socket, otherName }: SessionDeps,
	person: string,
): Promise<FoundBusiness> {
	const { id: jid } = identityOf(toPersonJid(person, 'jid'), otherName)
	return { jid, profile: await askForBusinessProfile(socket, jid) }
}

/** Of the account itself. */
export async function ownBusinessProfile({ socket }: SessionDeps): Promise<FoundBusiness> {
	const jid = jidNormalizedUser(socket.user!.id)
	return { jid, profile: await askForBusinessProfile(socket, jid) }
}

/**
 * Changes the business profile of the account.
 * @returns it as WhatsApp has it then
 * @throws GatewayError not_business, and those of `askWhatsApp`
 */
export async function updateBusinessProfile(
	deps: SessionDeps,
	change: BusinessChange,
): Promise<FoundBusiness> {
	businessOnly(deps, OWN)
	await changeBusinessProfile(deps.socket, change)
	return ownBusinessProfile(deps)
}

/** @throws GatewayError not_business */
export const checkCoverPossible = async (deps: SessionDeps): Promise<void> =>
	businessOnly(deps, OWN)

/** Shows an uploaded photo on the business profile of the account. @throws GatewayError those of `askWhatsApp` */
export async function showCover({ socket, state }: SessionDeps, photo: CoverPhoto): Promise<void> {
	await setCoverPhoto(socket, photo)
	await state.commit(state.coverPhoto.note(photo.id))
}

/** @throws GatewayError not_business, not_found if no cover photo is known, and those of `askWhatsApp` */
export async function removeCover(deps: SessionDeps): Promise<void> {
	businessOnly(deps, OWN)
	const { socket, state } = deps
	const id = state.coverPhoto.id() ?? (await ownBusinessProfile(deps)).profile?.coverId
	if (!id) {
		const advice =
			'No cover photo is known: WhatsApp names none, and the gateway has set none. Remove it on the phone.'
		throw new GatewayError('not_found', advice)
	}
	await removeCoverPhoto(socket, id)
	await state.commit(state.coverPhoto.note(undefined))
}
