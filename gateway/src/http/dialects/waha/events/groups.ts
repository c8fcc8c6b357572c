import type { Identity } from '../../../../events/identity.ts'
import type { GatewayEvent } from '../../../../events/index.ts'
import type { EventOf } from '../../dialect.ts'
import { chatIdOf } from '../chat-id.ts'
import type { Told } from './told.ts'

const secondsOf = ({ timestamp }: Pick<GatewayEvent, 'timestamp'>) =>
	Math.floor(Date.parse(timestamp) / 1000)

function memberOf(person: Identity, role: string) {
	const { phone } = person
	return { id: chatIdOf(person), ...(phone && { pn: `${phone}@c.us` }), role }
}

/** `group.v2.join`, or `group.join` to a webhook that knows the old name alone. */
export function joined(event: EventOf<'group.joined'>, asksOldName: boolean): Told {
	const { chat, subject, participants } = event.data
	const members = participants.map(({ admin, ...person }) => ({ person, admin }))
	if (asksOldName)
		return {
			name: 'group.join',
			payload: {
				...{ id: chat.id, subject },
				participants: members.map(({ person, admin }) => ({
					id: person.id,
					admin: admin ? 'admin' : null,
				})),
			},
		}
	return {
		name: 'group.v2.join',
		payload: {
			timestamp: secondsOf(event),
			group: {
				...{ id: chat.id, subject, description: null },
				membersCanAddNewMember: null,
				membersCanSendMessages: null,
				newMembersApprovalRequired: null,
				participants: members.map(({ person, admin }) =>
					memberOf(person, admin ? 'admin' : 'participant'),
				),
			},
			_data: event.data,
		},
	}
}

/** `group.v2.leave`. */
export const left = (event: EventOf<'group.left'>): Told => ({
	name: 'group.v2.leave',
	payload: { timestamp: secondsOf(event), group: { id: event.data.chat.id }, _data: event.data },
})

/** `group.v2.update`, with what has changed. */
export function updated(event: EventOf<'group.updated'>): Told {
	const { chat, subject, description, invite_code: invite, ...data } = event.data
	const { only_admins_send, only_admins_edit, everyone_adds, join_approval } = data
	const group = {
		...{ id: chat.id, subject, description, invite },
		membersCanAddNewMember: everyone_adds,
		membersCanSendMessages: only_admins_send === undefined ? undefined : !only_admins_send,
		membersCanEditInfo: only_admins_edit === undefined ? undefined : !only_admins_edit,
		newMembersApprovalRequired: join_approval,
	}
	return {
		name: 'group.v2.update',
		payload: { timestamp: secondsOf(event), group, _data: event.data },
	}
}

const changes = {
	add: { type: 'join', role: 'participant' },
	remove: { type: 'leave', role: 'left' },
	promote: { type: 'promote', role: 'admin' },
	demote: { type: 'demote', role: 'participant' },
	modify: undefined,
}

/** `group.v2.participants`; a new phone number of a member is none. */
export function membersChanged(event: EventOf<'group.participants'>): Told | undefined {
	const { chat, action, participants } = event.data
	const change = changes[action]
	if (!change) return undefined
	return {
		name: 'group.v2.participants',
		payload: {
			timestamp: secondsOf(event),
			type: change.type,
			group: { id: chat.id },
			participants: participants.map((person) => memberOf(person, change.role)),
			_data: event.data,
		},
	}
}
