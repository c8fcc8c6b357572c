import { Hono } from 'hono'
import { z } from 'zod'
import type { Phone } from '../phone/phone.ts'
import type { Sandbox } from '../sandbox.ts'
import { body, phoneNumber, phoneOf } from './context.ts'

const newPhone = z.object({
	phone: phoneNumber,
	name: z.string().optional(),
	addressing: z.enum(['pn', 'lid']).default('pn'),
	listens: z.boolean().optional(),
})
const scan = z.union([z.object({ qr: z.string() }), z.object({ session: z.string() })])
const code = z.object({ code: z.string().min(8) })
const typing = z.object({
	to: z.string(),
	state: z.enum(['composing', 'recording', 'paused']).default('composing'),
})
const privacy = z.object({ setting: z.string(), value: z.string() })
const presence = z.object({ state: z.enum(['available', 'unavailable']) })

/** Routes for the phones, their linked devices and their connection. */
export function phoneRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
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
		phone.incoming.listens = listens ?? phone.incoming.listens
		return c.json(phoneJson(phone), 201)
	})
	app.post('/phones/:phone/scan', async (c) => {
		const shown = await body(c, scan)
		phoneOf(sandbox, c).scans('qr' in shown ? shown.qr : await sandbox.qrOf(shown.session))
		return c.json({ linked: true })
	})
	app.post('/phones/:phone/link-code', async (c) => {
		await phoneOf(sandbox, c).entersCode((await body(c, code)).code)
		return c.json({ linked: true })
	})
	app.post('/phones/:phone/unlink', (c) => {
		phoneOf(sandbox, c).unlinks()
		return c.json({ linked: false })
	})
	app.post('/phones/:phone/typing', async (c) => {
		const { to, state } = await body(c, typing)
		phoneOf(sandbox, c).types(to, state)
		return c.json({ state })
	})
	app.post('/phones/:phone/presence', async (c) => {
		const { state } = await body(c, presence)
		phoneOf(sandbox, c).appears(state)
		return c.json({ state })
	})
	app.post('/phones/:phone/privacy', async (c) => {
		const { setting, value } = await body(c, privacy)
		phoneOf(sandbox, c).choosesPrivacy(setting, value)
		return c.json({ [setting]: value })
	})
	app.post('/phones/:phone/offline', (c) => {
		phoneOf(sandbox, c).goesOffline()
		return c.json({ online: false })
	})
	app.post('/phones/:phone/online', (c) => {
		phoneOf(sandbox, c).comesBack()
		return c.json({ online: true })
	})
	return app
}
