import type { Identity } from '../../../events/identity.ts'
import type { EventOf } from '../dialect.ts'
import type { EvolutionEvent } from './told.ts'

/** The account is in a group that it was not in before. */
export function joined({ data }: EventOf<'group.joined'>): EvolutionEvent {
	const { chat, by, subject, participants } = data
	return {
		name: 'groups.upsert',
		data: [
			{
				...{ id: chat.id, subject, size: participants.length },
				...(by && { author: by.id }),
				participants: participants.map(({ admin, ...person }) => ({
					id: person.id,
					...namesOf(person),
					admin: admin ? 'admin' : null,
				})),
			},
		],
	}
}

export function updated({ data }: EventOf<'group.updated'>): EvolutionEvent {
	const { chat, by } = data
	const changed = {
		subject: data.subject,
		desc: data.description,
		announce: data.only_admins_send,
		restrict: data.only_admins_edit,
		memberAddMode: data.everyone_adds,
		joinApprovalMode: data.join_approval,
		inviteCode: data.invite_code,
		ephemeralDuration: data.expiration,
	}
	const told = Object.entries(changed).filter(([, value]) => value !== undefined)
	return {
		name: 'groups.update',
		data: [{ id: chat.id, ...(by && { author: by.id }), ...Object.fromEntries(told) }],
	}
}

export function members({ data }: EventOf<'group.participants'>): EvolutionEvent {
	const { chat, by, action, participants } = data
	return {
		name: 'group-participants.update',
		data: {
			id: chat.id,
			...(by && { author: by.id }),
			participants: participants.map(({ id }) => id),
			action,
			participantsData: participants.map((person) => ({
				jid: person.id,
				...namesOf(person),
				...(person.name && { name: person.name }),
			})),
		},
	}
}

/** The two names of a person, as far as they are known. */
const namesOf = ({ phone, lid }: Identity) => ({
	...(phone && { phoneNumber: `${phone}@s.whatsapp.net` }),
	...(lid && { lid }),
})
