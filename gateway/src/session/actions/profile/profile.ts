import { chatModificationToAppPatch, jidNormalizedUser } from '@whiskeysockets/baileys'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import { askAboutPerson } from '../../ask/person-facts.ts'
import { askForPicture, removePicture, setPicture } from '../../ask/pictures.ts'
import { connectionLost } from '../../ask/whatsapp-errors.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { hasBusinessApp } from '../business/business-only.ts'
import { changeShared } from '../change-shared.ts'

/** What others see of the account. @throws GatewayError those of `askWhatsApp` */
export async function profileOf(deps: SessionDeps) {
	const { socket } = deps
	const account = deps.me()
	if (!account) throw connectionLost()
	const { platform = null } = socket.authState.creds
	const facts = await askAboutPerson(socket, ownJid(deps))
	const picture = await askForPicture(socket, undefined, { preview: false })
	return {
		jid: account.id,
		phone: account.phone,
		lid: account.lid,
		name: account.name,
		about: facts?.about.text ?? null,
		picture_url: picture?.url ?? null,
		is_business: facts?.isBusiness || hasBusinessApp(deps),
		platform,
	}
}

/**
 * Sets the name that others see, on all devices of the account, and tells it.
 * @throws GatewayError those of `changeAppState`
 */
export async function setName(deps: SessionDeps, name: string): Promise<void> {
	const { ev, authState } = deps.socket
	if (authState.creds.me?.name === name) return
	await changeShared(deps, [chatModificationToAppPatch({ pushNameSetting: name }, '')])
	// Baileys shows WhatsApp the new name with this, and it is saved with the credentials.
	ev.emit('creds.update', { me: { ...authState.creds.me!, name } })
}

/** Sets the about text, and tells it. @param text '' removes it @throws GatewayError those of `askWhatsApp` */
export async function setAbout(deps: SessionDeps, text: string): Promise<void> {
	const { socket, tell } = deps
	const before = await askAboutPerson(socket, ownJid(deps))
	if ((before?.about.text ?? '') === text) return
	await askWhatsApp(() => socket.updateProfileStatus(text))
	await tell({ type: 'profile.updated', data: { about: text } })
}

/** Sets the picture of the account, and tells it. @returns its id @throws GatewayError those of `askWhatsApp` */
export async function setOwnPicture({ socket, tell }: SessionDeps, jpeg: Uint8Array) {
	const id = await setPicture(socket, undefined, jpeg)
	await tell({ type: 'profile.updated', data: { picture: 'changed' } })
	return id
}

/** Removes the picture of the account, and tells it. @throws GatewayError those of `askWhatsApp` */
export async function removeOwnPicture({ socket, tell }: SessionDeps): Promise<void> {
	await removePicture(socket, undefined)
	await tell({ type: 'profile.updated', data: { picture: 'removed' } })
}

const ownJid = ({ socket }: SessionDeps) => jidNormalizedUser(socket.user!.id)
