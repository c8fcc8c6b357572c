import { Hono } from 'hono'
import { z } from 'zod'
import type { ChatModification } from '../phone/app-state.ts'
import { jidOf } from '../phone/person.ts'
import type { Sandbox } from '../sandbox.ts'
import { body, ControlError, phoneOf } from './context.ts'

/** `muted_until` is Unix time in seconds, -1 for ever and null for not. */
const chatChange = z.strictObject({
	to: z.string(),
	archived: z.boolean().optional(),
	pinned: z.boolean().optional(),
	muted_until: z.number().int().nullable().optional(),
	unread: z.boolean().optional(),
	locked: z.boolean().optional(),
	cleared: z.literal(true).optional(),
	deleted: z.literal(true).optional(),
	/** The id of a label, and whether the chat gets it. */
	label: z.strictObject({ label_id: z.string(), labeled: z.boolean() }).optional(),
	/** The id of a message, deleted for this account alone. */
	delete_for_me: z.strictObject({ id: z.string(), from_me: z.boolean() }).optional(),
})

const labelChange = z.strictObject({
	label_id: z.string(),
	name: z.string().default(''),
	color: z.number().int().min(0).max(19).default(0),
	deleted: z.boolean().default(false),
})

type ChatChange = z.output<typeof chatChange>

/** The changes that a person makes to a chat, as WhatsApp Web says them. */
function modificationsOf(said: ChatChange): ChatModification[] {
	const { archived, pinned, muted_until: until, unread, label, delete_for_me: deleted } = said
	const lastMessages: never[] = []
	const mute = until === null ? null : until === -1 ? -1 : (until ?? 0) * 1000
	const all: (ChatModification | false)[] = [
		archived !== undefined && { archive: archived, lastMessages },
		pinned !== undefined && { pin: pinned },
		until !== undefined && { mute },
		unread !== undefined && { markRead: !unread, lastMessages },
		said.cleared === true && { clear: true, lastMessages },
		said.deleted === true && { delete: true, lastMessages },
		label?.labeled === true && { addChatLabel: { labelId: label.label_id } },
		label?.labeled === false && { removeChatLabel: { labelId: label.label_id } },
		deleted !== undefined && {
			deleteForMe: {
				deleteMedia: true,
				key: { id: deleted.id, fromMe: deleted.from_me },
				timestamp: Math.floor(Date.now() / 1000),
			},
		},
	]
	return all.filter((change) => change !== false)
}

/** Routes for what the devices of an account share of its chats. */
export function chatRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.get('/phones/:phone/chats', async (c) => c.json({ chats: await phoneOf(sandbox, c).chats() }))
	app.post('/phones/:phone/chats', async (c) => {
		const said = await body(c, chatChange)
		const phone = phoneOf(sandbox, c)
		const chat = jidOf(said.to)
		const changes = modificationsOf(said)
		for (const change of changes) await phone.appState.changes(change, chat)
		if (said.locked !== undefined) await phone.locks(chat, said.locked)
		if (changes.length === 0 && said.locked === undefined)
			throw new ControlError(400, 'Give what changes, such as `archived`.')
		return c.json({ chats: await phone.chats() })
	})
	app.get('/phones/:phone/labels', async (c) =>
		c.json({ labels: await phoneOf(sandbox, c).labels() }),
	)
	app.post('/phones/:phone/labels', async (c) => {
		const { label_id: id, ...said } = await body(c, labelChange)
		const phone = phoneOf(sandbox, c)
		if (!phone.account.business)
			throw new ControlError(409, 'Only a business phone has labels: `business: true`.')
		await phone.appState.changes({ addLabel: { id, ...said } })
		return c.json({ labels: await phone.labels() })
	})
	return app
}
