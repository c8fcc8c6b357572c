import { proto } from '@whiskeysockets/baileys'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { Account } from './server/directory.ts'
import type { Frame } from './server/frame-log.ts'
import { LinkingError } from './phone/linking.ts'
import { textOf, type Received } from './phone/inbox.ts'
import type { Phone } from './phone/phone.ts'
import type { Sandbox } from './index.ts'

/** What the caller got wrong: becomes an answer with this status. */
class ControlError extends Error {
	readonly status: 400 | 404 | 409
	constructor(status: 400 | 404 | 409, message: string) {
		super(message)
		this.status = status
	}
}

const digits = z.string().transform((text) => text.replace(/\D/g, ''))
const phoneNumber = digits.pipe(z.string().min(5).max(15))

const newPhone = z.object({
	phone: phoneNumber,
	name: z.string().optional(),
	addressing: z.enum(['pn', 'lid']).default('pn'),
	listens: z.boolean().optional(),
})
const scan = z.union([z.object({ qr: z.string() }), z.object({ session: z.string() })])
const newGroup = z.object({
	subject: z.string().min(1).max(100),
	owner: phoneNumber,
	participants: z.array(phoneNumber).min(1),
	addressing: z.enum(['pn', 'lid']).default('lid'),
})
const code = z.object({ code: z.string().min(8) })
const says = z.object({
	to: z.string(),
	text: z.string().optional(),
	message: z.record(z.string(), z.unknown()).optional(),
	id: z.string().optional(),
})
const typing = z.object({
	to: z.string(),
	state: z.enum(['composing', 'recording', 'paused']).default('composing'),
})
const which = z.object({ id: z.string() })
const account = { account: phoneNumber }
const fault = z.discriminatedUnion('type', [
	z.object({ type: z.literal('drop'), ...account }),
	z.object({ type: z.literal('stream_error'), ...account, code: z.number().int() }),
	z.object({ type: z.literal('hold_acks'), ...account }),
	z.object({ type: z.literal('release_acks'), ...account }),
	z.object({
		type: z.literal('refuse_messages'),
		...account,
		code: z.number().int(),
		times: z.number().int().min(1).default(1),
	}),
	z.object({ type: z.literal('garble'), ...account, times: z.number().int().min(1).default(1) }),
	z.object({ type: z.literal('redeliver'), ...account, message_id: z.string() }),
	z.object({ type: z.literal('down'), seconds: z.number().positive().max(3600) }),
])

const readable = { bytes: String, longs: Number, enums: String }

const messageJson = ({ message, ...entry }: Received) => ({
	...entry,
	text: textOf(message),
	message: message && proto.Message.toObject(proto.Message.fromObject(message), readable),
})

/** Bytes become base64, so that a frame can be read as JSON. */
const frameJson = (frame: Frame) =>
	JSON.parse(
		JSON.stringify(frame, (_key, value) =>
			value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64') : value,
		),
	)

/** The sandbox's people, faults and log over HTTP. Mount it at `/sandbox`, behind a key. */
export function controlRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()

	async function body<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
		const parsed = schema.safeParse(await c.req.json().catch(() => undefined))
		if (!parsed.success) throw new ControlError(400, z.prettifyError(parsed.error))
		return parsed.data
	}
	const phoneOf = (c: Context): Phone => {
		const number = c.req.param('phone') ?? ''
		const phone = sandbox.phones.get(number.replace(/\D/g, ''))
		if (!phone)
			throw new ControlError(404, `nobody here has the number ${number}: POST /sandbox/phones`)
		return phone
	}
	const accountOf = (number: string): Account => {
		const found = sandbox.whatsapp.directory.accounts.get(number)
		if (!found) throw new ControlError(404, `nobody here has the number ${number}`)
		return found
	}

	app.onError((error, c) => {
		const status =
			error instanceof ControlError ? error.status : error instanceof LinkingError ? 409 : 500
		return c.json({ status, title: 'Sandbox', detail: error.message }, status)
	})

	app.get('/', (c) =>
		c.json({
			ws_url: sandbox.wsUrl,
			noise_root: sandbox.noiseRoot,
			media_ca: sandbox.mediaCa ?? null,
		}),
	)

	const phoneJson = ({ account }: Phone) => {
		const { phone, lid, name, devices, addressing } = account
		const linked = devices.filter(({ id }) => id !== 0).length
		const active = sandbox.whatsapp.activeCompanions(account).length
		return { phone, lid, name, addressing, linked_devices: linked, active_devices: active }
	}
	app.get('/phones', (c) => c.json({ phones: [...sandbox.phones.values()].map(phoneJson) }))
	app.post('/phones', async (c) => {
		const { phone: number, listens, ...options } = await body(c, newPhone)
		const phone = sandbox.phone(number, options)
		phone.listens = listens ?? phone.listens
		return c.json(phoneJson(phone), 201)
	})
	app.post('/phones/:phone/scan', async (c) => {
		const shown = await body(c, scan)
		phoneOf(c).scans('qr' in shown ? shown.qr : await sandbox.qrOf(shown.session))
		return c.json({ linked: true })
	})
	app.post('/phones/:phone/link-code', async (c) => {
		await phoneOf(c).entersCode((await body(c, code)).code)
		return c.json({ linked: true })
	})
	app.post('/phones/:phone/unlink', (c) => {
		phoneOf(c).unlinks()
		return c.json({ linked: false })
	})

	app.get('/phones/:phone/messages', (c) => {
		const after = Number(c.req.query('after') ?? 0)
		const entries = phoneOf(c).inbox.entries.filter(({ seq }) => seq > after)
		return c.json({ messages: entries.map(messageJson) })
	})
	app.post('/phones/:phone/messages', async (c) => {
		const { to, text, message, id } = await body(c, says)
		if (text === undefined && !message) throw new ControlError(400, 'give `text` or `message`')
		const content = message ? proto.Message.fromObject(message) : { conversation: text }
		return c.json({ id: await phoneOf(c).sends(content, { to, id }) }, 201)
	})
	app.post('/phones/:phone/read', async (c) => {
		const { id } = await body(c, which)
		const phone = phoneOf(c)
		const found = phone.inbox.entries.findLast((entry) => entry.id === id)
		if (!found) throw new ControlError(404, `no message ${id} on this phone`)
		phone.reads(found)
		return c.json({ read: true })
	})
	app.post('/phones/:phone/typing', async (c) => {
		const { to, state } = await body(c, typing)
		phoneOf(c).types(to, state)
		return c.json({ state })
	})
	app.post('/phones/:phone/offline', (c) => {
		phoneOf(c).goesOffline()
		return c.json({ online: false })
	})
	app.post('/phones/:phone/online', (c) => {
		phoneOf(c).comesBack()
		return c.json({ online: true })
	})

	const groupJson = (id: string) => {
		const group = sandbox.whatsapp.directory.groups.get(id)
		if (!group) throw new ControlError(404, `there is no group ${id} here`)
		return group
	}
	app.post('/groups', async (c) => {
		const { subject, owner, participants, addressing } = await body(c, newGroup)
		const person = (number: string) => {
			accountOf(number)
			return sandbox.phone(number)
		}
		const id = person(owner).createsGroup(subject, participants.map(person), { addressing })
		return c.json(groupJson(id), 201)
	})
	app.get('/groups/:id', (c) => c.json(groupJson(c.req.param('id'))))

	app.post('/faults', async (c) => {
		const { whatsapp } = sandbox
		const wanted = await body(c, fault)
		if (wanted.type === 'down') whatsapp.faults.goDown(wanted.seconds * 1000)
		else {
			const target = accountOf(wanted.account)
			if (wanted.type === 'drop') whatsapp.drops(target)
			if (wanted.type === 'stream_error') whatsapp.endsStreams(target, wanted.code)
			if (wanted.type === 'hold_acks') whatsapp.faults.holdAcks(target.phone)
			if (wanted.type === 'release_acks') whatsapp.faults.releaseAcks(target.phone)
			if (wanted.type === 'refuse_messages')
				whatsapp.faults.refuseMessages(target.phone, wanted.code, wanted.times)
			if (wanted.type === 'garble') whatsapp.faults.garbleMessagesTo(target.phone, wanted.times)
			if (wanted.type === 'redeliver' && !whatsapp.redelivers(target, wanted.message_id))
				throw new ControlError(404, `message ${wanted.message_id} was never delivered to it`)
		}
		return c.json({ done: wanted.type })
	})

	app.get('/log', (c) => {
		const after = Number(c.req.query('after') ?? 0)
		const limit = Number(c.req.query('limit') ?? 1000)
		const frames = sandbox.whatsapp.log.list(({ seq }) => seq > after).slice(0, limit)
		return c.json({ frames: frames.map(frameJson) })
	})

	return app
}
