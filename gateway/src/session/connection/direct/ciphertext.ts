import {
	areJidsSameUser,
	isLidUser,
	isPnUser,
	jidDecode,
	type BinaryNode,
	type Contact,
} from '@whiskeysockets/baileys'

/** Finds the LID of a phone number, or the phone number of a LID, as users. */
export type OtherName = (user: string, kind: 'phone' | 'lid') => string | undefined

/** What says of a message that it is no ordinary one: of a group, our own, between devices, an edit. */
const SPECIAL = ['participant', 'recipient', 'category', 'edit']

/** What may stand beside the ciphertext: nobody reads it. */
const BESIDE: readonly string[] = ['reporting', 'meta']

/** The ciphertext of a message that a known person has sent to this account alone, in a session that has begun. */
export function ciphertextFor(
	{ attrs, content }: BinaryNode,
	me: Contact | undefined,
	otherName: OtherName,
): Uint8Array | undefined {
	if (!attrs.id || !me || SPECIAL.some((name) => attrs[name] !== undefined)) return undefined
	if (!isKnownPerson(attrs, otherName) || isOwn(attrs.from!, me)) return undefined
	const parts = Array.isArray(content) ? content : []
	const [encrypted, ...more] = parts.filter(({ tag }) => !BESIDE.includes(tag))
	if (encrypted?.tag !== 'enc' || more.length) return undefined
	const { type, count } = encrypted.attrs
	const isFirst = type === 'msg' && count === undefined
	return isFirst && encrypted.content instanceof Uint8Array ? encrypted.content : undefined
}

/** Baileys notes what the stanza says of a person's two jids: there is nothing to note if it is known so already. */
function isKnownPerson(attrs: BinaryNode['attrs'], otherName: OtherName): boolean {
	const from = attrs.from ?? ''
	const isPhone = isPnUser(from)
	if (!isPhone && !isLidUser(from)) return false
	const known = otherName(jidDecode(from)!.user, isPhone ? 'phone' : 'lid')
	const said = isPhone ? attrs.sender_lid : attrs.sender_pn
	return known !== undefined && (said === undefined || jidDecode(said)?.user === known)
}

const isOwn = (from: string, { id, lid }: Contact): boolean =>
	areJidsSameUser(from, id) || areJidsSameUser(from, lid)
