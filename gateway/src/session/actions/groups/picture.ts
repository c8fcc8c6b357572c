import {
	askForCommunityPicture,
	askForPicture,
	removePicture,
	setPicture,
	type Picture,
} from '../../ask/pictures.ts'
import { identityOf } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeGroup } from './change.ts'
import { toGroupJid } from './group-jid.ts'

/** @returns the new picture's id; @throws GatewayError those of `askWhatsApp`: whatsapp_forbidden without the right to change it */
export async function setGroupPicture(
	deps: SessionDeps,
	group: string,
	jpeg: Uint8Array,
): Promise<string> {
	const jid = toGroupJid(group, 'jid')
	const id = await changeGroup(deps, jid, () => setPicture(deps.socket, jid, jpeg))
	await tellPicture(deps, jid, 'changed')
	return id
}

export async function removeGroupPicture(deps: SessionDeps, group: string): Promise<void> {
	const jid = toGroupJid(group, 'jid')
	await changeGroup(deps, jid, () => removePicture(deps.socket, jid))
	await tellPicture(deps, jid, 'removed')
}

/** WhatsApp tells the other devices only. */
const tellPicture = (
	{ tell, me, otherName }: SessionDeps,
	jid: string,
	picture: 'changed' | 'removed',
) => tell({ type: 'group.updated', data: { chat: identityOf(jid, otherName), by: me(), picture } })

/** @returns null if there is none, or it is hidden */
export async function groupPicture(
	{ socket, groups }: SessionDeps,
	group: string,
	options: { preview: boolean },
): Promise<Picture | null> {
	const jid = toGroupJid(group, 'jid')
	const { isCommunity } = await groups.get(jid)
	return isCommunity
		? askForCommunityPicture(socket, jid, options)
		: askForPicture(socket, jid, options)
}
