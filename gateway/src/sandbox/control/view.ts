import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { jidOf } from '../phone/person.ts'
import type { Phone } from '../phone/phone.ts'
import type { Sandbox } from '../sandbox.ts'
import { bubblePage, phoneView } from '../view/phone-view.ts'
import { ControlError, parsed, phoneOf } from './context.ts'
import { messageJson } from './messages.ts'
import { createPhoneStreams } from './stream.ts'

const page = z.object({
	before: z.coerce.number().int().positive().optional(),
	limit: z.coerce.number().int().min(1).max(500).default(50),
})

const chatIn = (c: Context) => jidOf(decodeURIComponent(c.req.param('chat') ?? ''))

/** Routes for what a phone shows: chats, bubbles, and a stream of both. */
export function viewRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	const { whatsapp } = sandbox
	const streams = createPhoneStreams(sandbox)

	app.get('/phones/:phone/stream', (c) =>
		streams.open(phoneOf(sandbox, c), c.req.header('last-event-id')),
	)
	app.get('/phones/:phone/chats/:chat/bubbles', (c) => {
		const phone = phoneOf(sandbox, c)
		return c.json(bubblePage(whatsapp, phone, chatIn(c), parsed(c.req.query(), page)))
	})
	app.post('/phones/:phone/chats/:chat/read', (c) => {
		phoneOf(sandbox, c).readsChat(chatIn(c))
		return c.json({ read: true })
	})
	app.get('/phones/:phone/messages/:id', (c) => {
		const { message, opened, ...entry } = entryOf(phoneOf(sandbox, c), c.req.param('id'))
		const shown = opened && { opened: messageJson(opened).message }
		return c.json({ ...entry, ...messageJson(message), ...shown })
	})
	return app
}

/** @throws ControlError where the phone has neither received nor sent it */
export function entryOf(phone: Phone, id: string) {
	const found = phone.entries().findLast((entry) => entry.id === id)
	if (!found) throw new ControlError(404, `This phone has no message ${id}.`)
	return found
}

/** What the chats of a phone show, in a line each. */
export const chatViews = (sandbox: Sandbox, phone: Phone) =>
	phoneView(sandbox.whatsapp, phone).chats
