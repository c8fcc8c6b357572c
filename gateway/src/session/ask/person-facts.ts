import {
	getBinaryNodeChild,
	jidNormalizedUser,
	proto,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { element } from './element.ts'
import { askUsync, userWithNumber } from './usync.ts'
import { refusedWith } from './whatsapp-errors.ts'

/** The text that a person shows below their name. */
export type About = {
	text: string | null
	/** Unix time in seconds. */
	setAt: number | null
	/** WhatsApp tells no difference between a text that is hidden and none. */
	hidden: boolean
}

/** What WhatsApp tells of a person. */
export type PersonFacts = {
	/** As WhatsApp spells it. */
	jid: string | null
	lid: string | null
	/** Null if WhatsApp does not say: it is asked for with numbers only. */
	isRegistered: boolean | null
	about: About
	isBusiness: boolean
	verifiedName: string | null
	pictureId: string | null
}

// As whatsmeow asks (GetUserInfo); Baileys has neither `business` nor `picture`.
const FACTS = [
	element('business', {}, [element('verified_name')]),
	element('status'),
	element('picture'),
	element('lid'),
]

/**
 * Asks WhatsApp about one person: one refusal would spoil the answer for all.
 * @param person a jid, or the digits of a phone number
 * @returns undefined if WhatsApp leaves the person out of its answer
 * @throws GatewayError those of `askWhatsApp`
 */
export async function askAboutPerson(
	socket: WASocket,
	person: string,
): Promise<PersonFacts | undefined> {
	const isJid = person.includes('@')
	const user = isJid ? element('user', { jid: person }) : userWithNumber(person)
	const [found] = await askUsync(socket, {
		facts: isJid ? FACTS : [element('contact'), ...FACTS],
		users: [user],
		mode: 'full',
		context: 'background',
	})
	return found && readFacts(found)
}

function readFacts(user: BinaryNode): PersonFacts {
	const { jid } = user.attrs
	const contact = factOf(user, 'contact')?.attrs.type
	const lid = factOf(user, 'lid')?.attrs.val
	const business = factOf(user, 'business')
	return {
		jid: jid && contact !== 'out' ? jidNormalizedUser(jid) : null,
		lid: lid ? jidNormalizedUser(lid) : null,
		isRegistered: contact === undefined ? null : contact === 'in',
		about: readAbout(factOf(user, 'status')),
		isBusiness: business !== undefined,
		verifiedName: readVerifiedName(getBinaryNodeChild(business, 'verified_name')),
		pictureId: factOf(user, 'picture')?.attrs.id ?? null,
	}
}

const HIDDEN = [401, 403, 404]

/** @throws GatewayError if WhatsApp refuses it; what a person hides is not there */
function factOf(user: BinaryNode, tag: string): BinaryNode | undefined {
	const fact = getBinaryNodeChild(user, tag)
	const error = getBinaryNodeChild(fact, 'error')?.attrs
	if (!error) return fact
	if (HIDDEN.includes(Number(error.code))) return undefined
	throw refusedWith(Number(error.code), error.text ?? '')
}

function readAbout(status: BinaryNode | undefined): About {
	const { code, t } = status?.attrs ?? {}
	const text = status?.content?.toString() ?? ''
	if (status === undefined || code !== undefined) return { text: null, setAt: null, hidden: true }
	return { text, setAt: Number(t) || null, hidden: false }
}

function readVerifiedName(node: BinaryNode | undefined): string | null {
	if (!(node?.content instanceof Uint8Array)) return null
	const { details } = proto.VerifiedNameCertificate.decode(node.content)
	if (!details) return null
	return proto.VerifiedNameCertificate.Details.decode(details).verifiedName || null
}
