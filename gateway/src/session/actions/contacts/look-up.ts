import { askAboutPerson, type About, type PersonFacts } from '../../ask/person-facts.ts'
import { askForPicture, type Picture } from '../../ask/pictures.ts'
import { identityOf, isSame, toPersonJid, toPhone } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'

/** What WhatsApp tells of a person who was asked for. */
export type LookedUp = PersonFacts & {
	/** As it was asked for. */
	asked: string
}

const NOTHING: PersonFacts = {
	jid: null,
	lid: null,
	isRegistered: null,
	about: { text: null, setAt: null, hidden: true },
	isBusiness: false,
	verifiedName: null,
	pictureId: null,
}

/**
 * Asks WhatsApp about phone numbers, one query for each.
 * @throws GatewayError invalid_recipient, naming the field, and those of `askWhatsApp`
 */
export async function lookUpNumbers(
	{ socket }: SessionDeps,
	numbers: string[],
): Promise<LookedUp[]> {
	const digits = numbers.map((number, index) => toPhone(number, `phones.${index}`))
	return oneByOne(digits, (number) => askAboutPerson(socket, number), numbers)
}

/**
 * Asks WhatsApp about people, one query for each.
 * @throws GatewayError invalid_recipient, naming the field, and those of `askWhatsApp`
 */
export async function lookUpPeople(
	{ socket, otherName }: SessionDeps,
	people: string[],
): Promise<LookedUp[]> {
	const jids = people.map((person, index) => toPersonJid(person, `jids.${index}`))
	const found = await oneByOne(jids, (jid) => askAboutPerson(socket, jid), people)
	return found.map((facts, index) => {
		const { id, lid } = identityOf(jids[index]!, otherName, { alt: facts.lid })
		return { ...facts, jid: id, lid }
	})
}

/** The about text of a person. @throws GatewayError invalid_recipient, and those of `askWhatsApp` */
export async function aboutOf(deps: SessionDeps, person: string): Promise<About> {
	const jid = toPersonJid(person, 'jid')
	return ((await askAboutPerson(deps.socket, jid)) ?? NOTHING).about
}

/**
 * The picture of a person; null if there is none, or it is hidden.
 * @throws GatewayError invalid_recipient, and those of `askWhatsApp`
 */
export async function pictureOf(
	{ socket, me, otherName }: SessionDeps,
	person: string,
	preview: boolean,
): Promise<Picture | null> {
	const jid = toPersonJid(person, 'jid')
	const account = me()
	const isOwn = account !== null && isSame(identityOf(jid, otherName), account)
	return askForPicture(socket, isOwn ? undefined : jid, { preview })
}

// One after the other: WhatsApp limits the rate of accounts that ask much at once.
async function oneByOne(
	people: string[],
	ask: (person: string) => Promise<PersonFacts | undefined>,
	asked: string[],
): Promise<LookedUp[]> {
	const found: LookedUp[] = []
	for (const [index, person] of people.entries())
		found.push({ ...((await ask(person)) ?? NOTHING), asked: asked[index]! })
	return found
}
