import { proto } from '@whiskeysockets/baileys'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { textOf } from '../phone/inbox.ts'
import { type Received } from '../phone/received.ts'
import { STATUS } from '../server/fan-out.ts'
import type { Phone } from '../phone/phone.ts'
import type { Sandbox } from '../sandbox.ts'
import { body, ControlError, parsed, phoneOf } from './context.ts'
import { formFields, isForm } from './form.ts'
import { attached, mediaFields } from './media.ts'
import { stanza } from './stanza.ts'

const says = z.strictObject({
	to: z.string(),
	text: z.string().optional(),
	message: z.record(z.string(), z.unknown()).optional(),
	id: z.string().optional(),
	reply_to: z.string().optional(),
	stanza: stanza.optional(),
	/** The people who see a status. */
	audience: z.array(z.string()).default([]),
	...mediaFields,
})
const which = z.strictObject({ id: z.string() })

/** A message from its JSON, where bytes are base64. @throws ControlError for a field that WhatsApp does not know */
function messageFrom(json: Record<string, unknown>): proto.IMessage {
	const message = proto.Message.fromObject(json)
	const unknown = Object.keys(json).find((field) => !Object.hasOwn(message, field))
	if (unknown) throw new ControlError(400, `WhatsApp's protobuf messages have no field ${unknown}.`)
	return message
}

const readable = { bytes: String, longs: Number, enums: String }

export const messageJson = (message: proto.IMessage | null) => ({
	text: textOf(message),
	message: message && proto.Message.toObject(proto.Message.fromObject(message), readable),
})

const entryJson = ({ message, opened, ...entry }: Received) => ({
	...entry,
	...messageJson(message),
	...(opened && { opened: messageJson(opened).message }),
})

/** Routes for the messages of a phone. */
export function messageRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()

	app.get('/phones/:phone/messages', (c) => {
		const after = Number(c.req.query('after') ?? 0)
		const entries = phoneOf(sandbox, c).inbox.entries.filter(({ seq }) => seq > after)
		return c.json({ messages: entries.map(entryJson) })
	})
	app.post('/phones/:phone/messages', async (c) => {
		const phone = phoneOf(sandbox, c)
		const request = isForm(c)
			? parsed(await formFields(c, sandbox.ffmpeg), says)
			: await body(c, says)
		const { to, text, message, reply_to: replyTo, audience, stanza, ...said } = request
		const id = stanza?.attrs?.id?.toString() ?? said.id
		const file = await attached(phone.media, said)
		if (text === undefined && !message && !file)
			throw new ControlError(400, 'Give `text`, `message` or a file such as `image`.')
		const content = file ?? (message ? messageFrom(message) : { conversation: text })
		const sent = await (to === STATUS
			? phone.posts(content, audience, { id, stanza })
			: phone.sends(content, { to, id, replyTo, stanza }))
		return c.json({ id: sent }, 201)
	})
	async function receivedBy(phone: Phone, c: Context): Promise<Received> {
		const { id } = await body(c, which)
		const found = phone.inbox.entries.findLast((entry) => entry.id === id)
		if (!found) throw new ControlError(404, `This phone has no message ${id}.`)
		return found
	}
	app.post('/phones/:phone/read', async (c) => {
		const phone = phoneOf(sandbox, c)
		phone.reads(await receivedBy(phone, c))
		return c.json({ read: true })
	})
	app.post('/phones/:phone/played', async (c) => {
		const phone = phoneOf(sandbox, c)
		phone.plays(await receivedBy(phone, c))
		return c.json({ played: true })
	})
	return app
}
