import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { Phone } from '../phone/phone.ts'
import { responses } from '../phone/received.ts'
import type { Sandbox } from '../sandbox.ts'
import { body, phoneOf } from './context.ts'

const about = { id: z.string() }
const sealed = z.boolean().optional()
/** `start` is Unix time in seconds. */
const eventFields = {
	name: z.string().optional(),
	description: z.string().optional(),
	start: z.number().int().optional(),
	canceled: z.boolean().optional(),
}

/** Actions on messages: `POST /phones/{phone}/{verb} {id, …}` answers with the new message's id. */
export function verbRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()

	function verb<T extends z.ZodRawShape>(
		name: string,
		fields: T,
		act: (phone: Phone, said: z.output<z.ZodObject<T & typeof about>>) => Promise<string>,
	) {
		const schema = z.strictObject({ ...about, ...fields }) as unknown as z.ZodType<
			z.output<z.ZodObject<T & typeof about>>
		>
		app.post(`/phones/:phone/${name}`, async (c: Context) => {
			const said = await body(c, schema)
			return c.json({ id: await act(phoneOf(sandbox, c), said) }, 201)
		})
	}

	verb('react', { emoji: z.string(), sealed }, (phone, { id, emoji, sealed }) =>
		phone.reacts(id, emoji, { sealed }),
	)
	verb('comment', { text: z.string() }, (phone, { id, text }) => phone.comments(id, text))
	verb('vote', { options: z.array(z.string()) }, (phone, { id, options }) =>
		phone.votes(id, options),
	)
	verb('respond', { response: z.enum(responses) }, (phone, { id, response }) =>
		phone.responds(id, response),
	)
	verb('tap', { button: z.string() }, (phone, { id, button }) => phone.taps(id, button))
	verb('pick', { row: z.string() }, (phone, { id, row }) => phone.picks(id, row))
	verb('edit', { text: z.string(), sealed }, (phone, { id, text, sealed }) =>
		phone.edits(id, text, { sealed }),
	)
	verb('edit-event', eventFields, (phone, { id, start, canceled, ...said }) =>
		phone.editsEvent(id, {
			...said,
			...(start !== undefined && { startTime: start }),
			...(canceled !== undefined && { isCanceled: canceled }),
		}),
	)
	verb('delete', {}, (phone, { id }) => phone.deletes(id))
	verb('pin', { seconds: z.number().int().min(0).optional() }, (phone, { id, seconds }) =>
		phone.pins(id, seconds),
	)
	verb('keep', { kept: z.boolean().optional() }, (phone, { id, kept }) => phone.keeps(id, kept))
	return app
}
