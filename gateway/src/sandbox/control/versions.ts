import { Hono } from 'hono'
import { z } from 'zod'
import {
	pageStates,
	versionText,
	type AppVersion,
	type VersionPage,
} from '../server/client-versions.ts'
import type { Sandbox } from '../sandbox.ts'
import { body } from './context.ts'

const version = z
	.string()
	.regex(/^\d+\.\d+\.\d+$/, 'must be a version like 2.3000.1043857760')
	.transform((text): AppVersion => text.split('.').map(Number))
const page = z.strictObject({ version: version.optional(), state: z.enum(pageStates).optional() })
const change = z.strictObject({
	minimum: version.nullable().optional(),
	closes: z.boolean().default(true),
	page: page.optional(),
	file: page.optional(),
})

/** Routes for the versions of clients that WhatsApp takes, and the pages that say which is the newest. */
export function versionRoutes({ whatsapp }: Sandbox): Hono {
	const app = new Hono()
	const { versions } = whatsapp
	const pageJson = ({ version, ...page }: VersionPage) => ({
		version: versionText(version),
		...page,
	})
	const view = () => ({
		minimum: versions.minimum ? versionText(versions.minimum) : null,
		refused: versions.refused,
		page: pageJson(versions.pages.page),
		file: pageJson(versions.pages.file),
	})

	app.get('/versions', (c) => c.json(view()))
	app.post('/versions', async (c) => {
		const { minimum, closes, ...pages } = await body(c, change)
		for (const name of ['page', 'file'] as const)
			Object.assign(versions.pages[name], minimum && { version: minimum }, pages[name])
		if (minimum !== undefined) versions.minimum = minimum ?? undefined
		if (minimum && closes) whatsapp.closesOlderThan(minimum)
		return c.json(view())
	})
	return app
}
