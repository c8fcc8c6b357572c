import { Hono } from 'hono'
import { z } from 'zod'
import type { Phone } from '../phone/phone.ts'
import type { Sandbox } from '../sandbox.ts'
import { body, phoneOf } from './context.ts'

const privacy = z.strictObject({ setting: z.string(), value: z.string() })
const about = z.strictObject({ text: z.string() })
const picture = z.strictObject({ image: z.base64().nullable() })
const blocked = z.strictObject({ who: z.string(), blocked: z.boolean().default(true) })

const limits = z.strictObject({
	reachout: z
		.strictObject({ type: z.string().default('BIZ_QUALITY'), until: z.number().int() })
		.optional(),
	new_chats: z.strictObject({ quota: z.number().int(), used: z.number().int() }).optional(),
})
const trusted = z.strictObject({ who: z.string(), at: z.number().int().optional() })

const contact = z.union([
	z.strictObject({ who: z.string(), full_name: z.string(), first_name: z.string().optional() }),
	z.strictObject({ who: z.string(), removed: z.literal(true) }),
])
const settings = z.strictObject({
	name: z.string().min(1).optional(),
	link_previews: z.boolean().optional(),
})
const statusAudience = z.strictObject({
	type: z.enum(['contacts', 'blacklist', 'whitelist']),
	people: z.array(z.string()).default([]),
})

async function settingsOf({ account, profile }: Phone) {
	return { name: account.name, link_previews: await profile.hasLinkPreviews() }
}

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
	app.post('/phones/:phone/limits', async (c) => {
		const said = await body(c, limits)
		const { account } = phoneOf(sandbox, c)
		account.limits = { reachout: said.reachout, newChats: said.new_chats }
		sandbox.whatsapp.events.emit('change')
		return c.json(said)
	})
	app.post('/phones/:phone/trust', async (c) => {
		const { who, at } = await body(c, trusted)
		phoneOf(sandbox, c).profile.trusts(who, at)
		return c.json({ who })
	})
	app.get('/phones/:phone/contacts', async (c) =>
		c.json({ contacts: await phoneOf(sandbox, c).addressBook.all() }),
	)
	app.post('/phones/:phone/contacts', async (c) => {
		const said = await body(c, contact)
		const { addressBook } = phoneOf(sandbox, c)
		if ('removed' in said) await addressBook.removes(said.who)
		else await addressBook.saves(said.who, { fullName: said.full_name, firstName: said.first_name })
		return c.json({ contacts: await addressBook.all() })
	})
	app.get('/phones/:phone/settings', async (c) => c.json(await settingsOf(phoneOf(sandbox, c))))
	app.post('/phones/:phone/settings', async (c) => {
		const { name, link_previews: previews } = await body(c, settings)
		const phone = phoneOf(sandbox, c)
		if (name !== undefined) await phone.profile.setsName(name)
		if (previews !== undefined) await phone.profile.setsLinkPreviews(previews)
		return c.json(await settingsOf(phone))
	})
	app.post('/phones/:phone/status-audience', async (c) => {
		const { type, people } = await body(c, statusAudience)
		phoneOf(sandbox, c).profile.choosesStatusAudience(type, people)
		return c.json({ type, people })
	})
	app.get('/phones/:phone/reports', (c) =>
		c.json({ reports: phoneOf(sandbox, c).account.reports ?? [] }),
	)
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
