import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from '@whiskeysockets/baileys'
import { identityOf, isSame } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import type { AddressedPerson } from './people.ts'

/** What became of one of several people. */
export type ParticipantResult = {
	/** As events name the person. */
	jid: string
	status: string
	/** WhatsApp's code: 200 is success. Null if WhatsApp left the person out of its answer. */
	code: number | null
	/** The code with which a person who cannot be added can join. */
	invite_code?: string
	/** Unix time in seconds. */
	invite_expiration?: number
	/** Whether WhatsApp has taken the message with the invitation. */
	invite_sent?: boolean
}

/** What WhatsApp's codes for one person mean. */
const refusals: Record<number, string> = {
	401: 'Blocked',
	403: 'Invited',
	404: 'NotOnWhatsApp',
	406: 'NotAllowed',
	408: 'RecentlyLeft',
	409: 'AlreadyMember',
	417: 'NotInCommunity',
	419: 'GroupFull',
}

/** How the results of a change are called. */
export type Words = { done: string; refusals?: Record<number, string> }

export const resultWords = [
	...['Added', 'Removed', 'Promoted', 'Demoted', 'Approved', 'Rejected'],
	...Object.values(refusals),
	...['NotMember', 'NotRequested', 'Refused', 'NotAnswered'],
]

/**
 * The results in WhatsApp's answer, in the order of the people. WhatsApp answers in the form in which it was asked,
 * by phone number or by LID; who answers in another one is recognised by what is known.
 * @param answer the node with `<participant jid error?>` for each person
 */
export function resultsIn(
	answer: BinaryNode,
	people: AddressedPerson[],
	words: Words,
	otherName: SessionDeps['otherName'],
): ParticipantResult[] {
	const answered = getBinaryNodeChildren(answer, 'participant').map((participant) => {
		const { jid = '', phone_number, lid } = participant.attrs
		return { who: identityOf(jid, otherName, { alt: phone_number ?? lid }), participant }
	})
	return people.map(({ jid, who: person }) => {
		const asked = [identityOf(jid, otherName), person]
		const found = answered.find(({ who }) => asked.some((one) => isSame(who, one)))
		return { jid: person.id, ...outcomeOf(found?.participant, words) }
	})
}

function outcomeOf(participant: BinaryNode | undefined, words: Words) {
	if (!participant) return { status: 'NotAnswered', code: null }
	const code = Number(participant.attrs.error ?? 200)
	const status = code === 200 ? words.done : (words.refusals?.[code] ?? refusals[code] ?? 'Refused')
	const invitation = getBinaryNodeChild(participant, 'add_request')?.attrs
	if (!invitation?.code) return { status: status === 'Invited' ? 'NotAllowed' : status, code }
	const { code: invite_code, expiration } = invitation
	return { status, code, invite_code, invite_expiration: Number(expiration) }
}
