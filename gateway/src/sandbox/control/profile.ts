import { Hono } from 'hono'
import { z } from 'zod'
import type { Sandbox } from '../sandbox.ts'
import { body, phoneOf } from './context.ts'

const privacy = z.strictObject({ setting: z.string(), value: z.string() })
const about = z.strictObject({ text: z.string() })
const picture = z.strictObject({ image: z.base64().nullable() })
const blocked = z.strictObject({ who: z.string(), blocked: z.boolean().default(true) })

const call = z.strictObject({ to: z.string(), video: z.boolean().optional() })
const hangUp = z.strictObject({ id: z.string() })

/** Routes for what people set on their phones, and for their calls. */
export function profileRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.post('/phones/:phone/privacy', async (c) => {
		const { setting, value } = await body(c, privacy)
		phoneOf(sandbox, c).choosesPrivacy(setting, value)
		return c.json({ [setting]: value })
	})
	app.post('/phones/:phone/about', async (c) => {
		const { text } = await body(c, about)
		phoneOf(sandbox, c).profile.setsAbout(text)
		return c.json({ text })
	})
	app.post('/phones/:phone/picture', async (c) => {
		const { image } = await body(c, picture)
		const { profile, account } = phoneOf(sandbox, c)
		profile.setsPicture(image === null ? undefined : Buffer.from(image, 'base64'))
		return c.json({ id: account.picture?.id ?? null })
	})
	app.post('/phones/:phone/block', async (c) => {
		const { who, blocked: wanted } = await body(c, blocked)
		const { profile } = phoneOf(sandbox, c)
		profile[wanted ? 'blocks' : 'unblocks'](who)
		return c.json({ blocked: wanted })
	})
	app.post('/phones/:phone/call', async (c) => {
		const { to, video } = await body(c, call)
		return c.json({ id: phoneOf(sandbox, c).calls.calls(to, { video }) }, 201)
	})
	app.post('/phones/:phone/hang-up', async (c) => {
		const { id } = await body(c, hangUp)
		phoneOf(sandbox, c).calls.hangsUp(id)
		return c.json({ id })
	})
	app.get('/phones/:phone/calls', (c) => c.json({ calls: phoneOf(sandbox, c).calls.all }))
	return app
}
