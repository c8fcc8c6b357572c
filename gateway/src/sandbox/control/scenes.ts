import { Hono } from 'hono'
import { z } from 'zod'
import type { Sandbox } from '../sandbox.ts'
import { body, ControlError } from './context.ts'

const which = z.strictObject({
	/** A session to link to the shop. */
	session: z.string().optional(),
})

const SHOP = '491700000001'
const ANNA = '491700000002'
const BEN = '491700000003'

/** A shop, two people, their group, and what they have said so far. */
async function shop(sandbox: Sandbox): Promise<string> {
	const oak = sandbox.phone(SHOP, { name: 'Oak & Iron' })
	const anna = sandbox.phone(ANNA, { name: 'Anna Weber' })
	const ben = sandbox.phone(BEN, { name: 'Ben' })
	oak.account.business = true
	const group = oak.createsGroup('Workshop', [anna, ben])
	await ben.says('Did the table shop answer?', { to: anna })
	await oak.says('The workshop is open from ten on Saturday.', { to: group })
	await anna.says('Do you have oak tables?', { to: oak })
	return SHOP
}

/** Prepared worlds, by name. Each returns the number that a session may be linked to. */
const scenes: Record<string, (sandbox: Sandbox) => Promise<string>> = { shop }

/** Routes that begin anew, and that set a scene. */
export function sceneRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.post('/reset', async (c) => {
		await sandbox.reset()
		return c.json({ reset: true })
	})
	app.post('/scenes/:name', async (c) => {
		const name = c.req.param('name')
		const set = Object.hasOwn(scenes, name) ? scenes[name] : undefined
		if (!set) {
			const names = Object.keys(scenes).join(', ')
			throw new ControlError(404, `There is no scene ${name}. There are: ${names}.`)
		}
		const hasBody = c.req.header('content-type') !== undefined
		const { session } = hasBody ? await body(c, which) : {}
		const number = await set(sandbox)
		if (session) sandbox.phone(number).scans(await sandbox.qrOf(session))
		return c.json({ scene: name, phones: [...sandbox.phones.keys()] }, 201)
	})
	return app
}
