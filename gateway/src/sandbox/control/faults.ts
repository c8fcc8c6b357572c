import { Hono } from 'hono'
import { z } from 'zod'
import { isFault } from '../server/active-fault.ts'
import type { Sandbox } from '../sandbox.ts'
import { body, ControlError, parsed } from './context.ts'
import { faultTypes } from './fault-types.ts'

const typed = z.looseObject({ type: z.string() })

/** Routes that cause, list and end faults. */
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
		sandbox.whatsapp.events.emit('change')
		return c.json({ done: type })
	})
	app.get('/faults', (c) => c.json({ faults: sandbox.whatsapp.activeFaults() }))
	app.delete('/faults', (c) => {
		const { type, account } = c.req.query()
		sandbox.whatsapp.endFaults(isFault({ type, account }))
		return c.json({ faults: sandbox.whatsapp.activeFaults() })
	})
	return app
}
