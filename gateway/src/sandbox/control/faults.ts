import { Hono } from 'hono'
import { z } from 'zod'
import type { Sandbox } from '../sandbox.ts'
import { body, ControlError, parsed } from './context.ts'
import { faultTypes } from './fault-types.ts'

const typed = z.looseObject({ type: z.string() })

/** Routes that cause faults. */
export function faultRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.post('/faults', async (c) => {
		const { type, ...fields } = await body(c, typed)
		const known = Object.hasOwn(faultTypes, type) ? faultTypes[type] : undefined
		if (!known) {
			const types = Object.keys(faultTypes).join(', ')
			throw new ControlError(400, `There is no fault ${type}. There are: ${types}.`)
		}
		await known.cause(sandbox, parsed(fields, known.schema) as never)
		return c.json({ done: type })
	})
	return app
}
