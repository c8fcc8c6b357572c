import { z } from '@hono/zod-openapi'
import { createGroup } from '../../../session/actions/groups/create.ts'
import { leaveGroup } from '../../../session/actions/groups/leave.ts'
import {
	changeParticipants,
	type ParticipantChange,
} from '../../../session/actions/groups/participants.ts'
import { setGroupPicture } from '../../../session/actions/groups/picture.ts'
import { updateGroup, type GroupUpdate } from '../../../session/actions/groups/update.ts'
import type { Session } from '../../../session/session.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { refused } from './errors.ts'
import { flag, wholeNumber } from './fields.ts'
import { fileText, pictureSourceOf } from './file-source.ts'
import { groupFields, groupJidOf } from './group-jid.ts'
import { groupSchema, shownGroup } from './group-shown.ts'
import { NotOnWhatsApp } from './not-on-whatsapp.ts'
import { recipientOf } from './recipient.ts'
import { sessionOf } from './session.ts'

const updated = z.object({ update: z.literal('success') })
const people = z.array(z.string().min(10)).min(1)
const actions = ['add', 'remove', 'promote', 'demote'] as const
const settings: Record<string, GroupUpdate> = {
	announcement: { announce: true },
	not_announcement: { announce: false },
	locked: { locked: true },
	unlocked: { locked: false },
}

type GroupCall = Pick<Call, 'c' | 'caller' | 'param'> & { body: { groupJid?: string | undefined } }

/** What changes groups. */
export function groupChanges(services: Services): Endpoint[] {
	/** Changes a group, and answers `{update: "success"}`. */
	const update = (call: GroupCall, change: GroupUpdate) =>
		sessionOf(services, call).withSocket(async (deps) => {
			await updateGroup(deps, groupJidOf(call.body), change)
			return call.c.json({ update: 'success' }, 201)
		})

	return [
		endpoint({
			method: 'post',
			path: '/group/create/{instance}',
			summary: 'Create a group',
			body: z.object({
				subject: z.string().min(1).max(100),
				participants: people,
				description: z.string().max(2048).optional(),
				promoteParticipants: flag.optional(),
			}),
			response: groupSchema,
			statuses: [201],
			run: (call) => create(sessionOf(services, call), call),
		}),
		endpoint({
			method: 'post',
			path: '/group/updateGroupSubject/{instance}',
			summary: 'Change the name of a group',
			body: z.object({ ...groupFields, subject: z.string().min(1).max(100) }),
			response: updated,
			statuses: [201],
			run: (call) => update(call, { name: call.body.subject }),
		}),
		endpoint({
			method: 'post',
			path: '/group/updateGroupDescription/{instance}',
			summary: 'Change the description of a group',
			body: z.object({ ...groupFields, description: z.string().max(2048) }),
			response: updated,
			statuses: [201],
			run: (call) => update(call, { description: call.body.description || null }),
		}),
		endpoint({
			method: 'post',
			path: '/group/updateGroupPicture/{instance}',
			summary: 'Set the picture of a group',
			body: z.object({ ...groupFields, image: fileText }),
			response: updated,
			statuses: [201],
			async run(call) {
				const session = sessionOf(services, call)
				const jid = groupJidOf(call.body)
				const jpeg = await session.pictureFrom(pictureSourceOf(call.body.image), 'image')
				await session.withSocket((deps) => setGroupPicture(deps, jid, jpeg))
				return call.c.json({ update: 'success' }, 201)
			},
		}),
		endpoint({
			method: 'post',
			path: '/group/updateSetting/{instance}',
			summary: 'Set who may write in a group, and who may edit it',
			body: z.object({
				...groupFields,
				action: z.enum(Object.keys(settings) as [string, ...string[]]),
			}),
			response: z.object({ updateSetting: z.null().optional() }),
			statuses: [201],
			async run(call) {
				await update(call, settings[call.body.action]!)
				return call.c.json({}, 201)
			},
		}),
		endpoint({
			method: 'post',
			path: '/group/toggleEphemeral/{instance}',
			summary: 'Set after how many seconds messages of a group disappear',
			body: z.object({
				...groupFields,
				expiration: wholeNumber().refine(
					(seconds) => [0, 86_400, 604_800, 7_776_000].includes(seconds),
					'must be 0, 86400, 604800 or 7776000',
				),
			}),
			response: z.object({ success: z.literal(true) }),
			statuses: [201],
			async run(call) {
				await update(call, { expiration: call.body.expiration })
				return call.c.json({ success: true }, 201)
			},
		}),
		endpoint({
			method: 'post',
			path: '/group/updateMemberAddMode/{instance}',
			summary: 'Set who may add members to a group',
			body: z.object({ ...groupFields, mode: z.enum(['admin_add', 'all_member_add']) }),
			response: updated,
			statuses: [201],
			run: (call) => update(call, { member_add_mode: call.body.mode }),
		}),
		endpoint({
			method: 'post',
			path: '/group/updateParticipant/{instance}',
			summary: 'Add, remove, promote or demote members of a group',
			body: z.object({ ...groupFields, action: z.enum(actions), participants: people }),
			response: z.object({ updateParticipants: z.array(z.looseObject({})) }),
			statuses: [201],
			run: (call) => changeMembers(sessionOf(services, call), call),
		}),
		endpoint({
			method: 'delete',
			path: '/group/leaveGroup/{instance}',
			summary: 'Leave a group',
			body: z.object(groupFields),
			response: z.object({ groupJid: z.string(), leave: z.literal(true) }),
			run: (call) =>
				sessionOf(services, call).withSocket(async (deps) => {
					const groupJid = groupJidOf(call.body)
					await leaveGroup(deps, groupJid)
					return call.c.json({ groupJid, leave: true })
				}),
		}),
	]
}

type NewGroup = {
	subject: string
	participants: string[]
	description?: string | undefined
	promoteParticipants?: boolean | undefined
}

/** Who is not on WhatsApp is left out, as Evolution does. */
async function create(session: Session, { c, body }: Call<NewGroup>): Promise<Response> {
	const { subject: name, description, promoteParticipants } = body
	const found = await Promise.all(body.participants.map((one) => onWhatsApp(session, one)))
	const participants = found.filter((jid) => jid !== undefined)
	if (!participants.length) throw refused('None of the participants is on WhatsApp')
	return session.withSocket(async (deps) => {
		const { group_jid } = await createGroup(deps, { name, participants, description }, undefined)
		if (promoteParticipants) await changeParticipants(deps, group_jid, 'promote', participants)
		return c.json(shownGroup(await deps.groups.get(group_jid), deps.otherName), 201)
	})
}

const onWhatsApp = (session: Session, number: string): Promise<string | undefined> =>
	recipientOf(session, number).catch((error: unknown) => {
		if (error instanceof NotOnWhatsApp) return undefined
		throw error
	})

type MemberChange = {
	groupJid?: string | undefined
	action: ParticipantChange
	participants: string[]
}

async function changeMembers(session: Session, { c, body }: Call<MemberChange>): Promise<Response> {
	const jid = groupJidOf(body)
	const participants = await Promise.all(body.participants.map((one) => recipientOf(session, one)))
	const results = await session.withSocket((deps) =>
		changeParticipants(deps, jid, body.action, participants),
	)
	const updateParticipants = results.map(({ jid, code, status: word }) => ({
		status: String(code ?? word),
		jid,
		content: { tag: 'participant', attrs: { jid } },
	}))
	return c.json({ updateParticipants }, 201)
}
