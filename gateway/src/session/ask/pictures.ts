import {
	getBinaryNodeChild,
	isLidUser,
	isPnUser,
	jidNormalizedUser,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { buildTcTokenFromJid } from '@whiskeysockets/baileys/lib/Utils/tc-token-utils.js'
import { isGatewayError } from '../../errors.ts'
import { element } from './element.ts'
import { groupQuery } from './group-query.ts'
import { askIq } from './iq.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/** A picture of a person or group at WhatsApp. The URL ends after some time. */
export type Picture = { id: string; url: string | null; directPath: string | null }

const XMLNS = 'w:profile:picture'

/**
 * Asks for the picture of a person or group; Baileys' own `profilePictureUrl` forgets its id.
 * @param jid undefined for the account's own
 * @returns null if there is none, or it is hidden
 * @throws GatewayError those of `askWhatsApp`
 */
export async function askForPicture(
	socket: WASocket,
	jid: string | undefined,
	{ preview }: { preview: boolean },
): Promise<Picture | null> {
	const target = jid ?? jidNormalizedUser(socket.user!.id)
	const token = jid && (await privacyTokenFor(socket, jid))
	const attrs = { type: preview ? 'preview' : 'image', query: 'url' }
	const content = [element('picture', attrs, token || undefined)]
	const answer = await askIq(socket, { type: 'get', xmlns: XMLNS, target, content }).catch(
		nullIfHidden,
	)
	return pictureIn(getBinaryNodeChild(answer ?? undefined, 'picture'))
}

/** Asks for the picture of a community, as `askForPicture`, which WhatsApp would refuse. */
export async function askForCommunityPicture(
	socket: WASocket,
	community: string,
	{ preview }: { preview: boolean },
): Promise<Picture | null> {
	const type = preview ? 'preview' : 'image'
	const attrs = { parent_group_jid: community, type, query: 'url' }
	const asked = element('pictures', {}, [element('picture', attrs)])
	const answer = await groupQuery(socket, 'get', community, asked).catch(nullIfHidden)
	const pictures = getBinaryNodeChild(answer ?? undefined, 'pictures')
	return pictureIn(getBinaryNodeChild(pictures, 'picture'))
}

const pictureIn = (picture: BinaryNode | undefined): Picture | null => {
	const { id, url = null, direct_path: directPath = null } = picture?.attrs ?? {}
	return id ? { id, url, directPath } : null
}

/**
 * Sets the picture of a group, or of the account.
 * @param group undefined for the account: named by its LID, WhatsApp takes it for another person
 * @param jpeg square, of 640 pixels
 * @returns the picture's id
 * @throws GatewayError those of `askWhatsApp`
 */
export async function setPicture(
	socket: WASocket,
	group: string | undefined,
	jpeg: Uint8Array,
): Promise<string> {
	const content = [element('picture', { type: 'image' }, jpeg)]
	const answer = await askIq(socket, { type: 'set', xmlns: XMLNS, target: group, content })
	const id = getBinaryNodeChild(answer, 'picture')?.attrs.id
	if (!id) throw answerUnreadable('it names no picture')
	return id
}

/** Removes the picture of a group, or of the account. @throws GatewayError those of `askWhatsApp` */
export async function removePicture(socket: WASocket, group: string | undefined): Promise<void> {
	await askIq(socket, { type: 'set', xmlns: XMLNS, target: group })
}

/** People who show their picture to contacts only want a token from others. With one for itself WhatsApp would not answer. */
async function privacyTokenFor({ authState, signalRepository }: WASocket, jid: string) {
	if (!isPnUser(jid) && !isLidUser(jid)) return undefined
	const { lidMapping } = signalRepository
	const getLIDForPN = lidMapping.getLIDForPN.bind(lidMapping)
	return buildTcTokenFromJid({ authState, jid, getLIDForPN })
}

function nullIfHidden(error: unknown): null {
	const { whatsapp_code: code } = isGatewayError(error) ? error.facts : {}
	if (code === '401' || code === '404') return null
	throw error
}
