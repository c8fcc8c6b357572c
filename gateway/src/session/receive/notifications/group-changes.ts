import { defineNotification, identityIn } from './define.ts'

export const groupChanges = defineNotification('groups.update', (notification, deps) =>
	notification.flatMap((update) => {
		const chat = identityIn(update.id, deps)
		// Metadata that was queried comes whole, and is no change.
		if (!chat || update.participants) return []
		const { subject, desc, announce, restrict, memberAddMode, joinApprovalMode, inviteCode } =
			update
		// Baileys leaves a description that was removed out.
		const description = 'desc' in update ? (desc ?? '') : undefined
		const changed = {
			subject,
			description,
			only_admins_send: announce,
			only_admins_edit: restrict,
			everyone_adds: memberAddMode,
			join_approval: joinApprovalMode,
			invite_code: inviteCode,
		}
		const said = Object.fromEntries(
			Object.entries(changed).filter(([, value]) => value !== undefined),
		)
		if (!Object.keys(said).length) return []
		const by = identityIn(update.author, deps, update.authorPn)
		const changes = deps.names.learn([{ id: chat.id, subject }])
		return [{ changes, event: { type: 'group.updated', data: { chat, by, ...said } } }]
	}),
)
