import { Hono } from 'hono'
import { z } from 'zod'
import type { Sandbox } from '../sandbox.ts'
import { phoneOf } from './context.ts'

const openOn = z.strictObject({
	day: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
	mode: z.enum(['specific_hours', 'open_24h', 'appointment_only']),
	open: z.number().int().optional(),
	close: z.number().int().optional(),
})

/** What a business tells of itself. */
export const businessProfile = z.strictObject({
	description: z.string().optional(),
	address: z.string().optional(),
	email: z.string().optional(),
	websites: z.array(z.string()).optional(),
	categories: z.array(z.string()).optional(),
	hours: z.strictObject({ timezone: z.string(), days: z.array(openOn) }).optional(),
})

/** Routes for the businesses of people. */
export function businessRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.get('/phones/:phone/business', (c) => {
		const { business = false, businessProfile: profile = null } = phoneOf(sandbox, c).account
		return c.json({ business, profile })
	})
	return app
}
