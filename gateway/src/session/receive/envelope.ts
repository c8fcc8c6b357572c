import { decodeMessageNode, type BinaryNode, type WAMessage } from '@whiskeysockets/baileys'

/** Our own jids on this connection. */
export type OwnJids = { id: string; lid?: string | undefined }

/** What the server vouches for in the attribute `edit` of a stanza; it lets only admins of the group say `8`. */
export type EditMark = { edit?: string }
export const ADMIN_DELETION = '8'

/** A stanza's message without content. @throws Boom for a stanza that Baileys refuses */
export const withoutContent = (stanza: BinaryNode, own: OwnJids): WAMessage & EditMark => {
	const message = decodeMessageNode(stanza, own.id, own.lid ?? '').fullMessage as WAMessage
	return { ...message, edit: stanza.attrs.edit ?? '' }
}

/** The same for a stanza that Baileys refuses: what can be said of it; undefined if it has no id or no sender. */
export function refusedEnvelope({ attrs }: BinaryNode): WAMessage | undefined {
	const { id, from, participant, notify: pushName, t } = attrs
	if (!id || !from) return undefined
	const key = { id, remoteJid: from, participant, fromMe: false }
	return { key, pushName, messageTimestamp: Number(t ?? 0) }
}
