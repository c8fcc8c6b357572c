import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { Phone } from '../phone/phone.ts'
import { responses } from '../phone/received.ts'
import type { Sandbox } from '../sandbox.ts'
import { body, phoneOf } from './context.ts'

const about = { id: z.string() }

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

	verb('react', { emoji: z.string() }, (phone, { id, emoji }) => phone.reacts(id, emoji))
	verb('vote', { options: z.array(z.string()) }, (phone, { id, options }) =>
		phone.votes(id, options),
	)
	verb('respond', { response: z.enum(responses) }, (phone, { id, response }) =>
		phone.responds(id, response),
	)
	verb('tap', { button: z.string() }, (phone, { id, button }) => phone.taps(id, button))
	verb('pick', { row: z.string() }, (phone, { id, row }) => phone.picks(id, row))
	verb('edit', { text: z.string() }, (phone, { id, text }) => phone.edits(id, text))
	verb('delete', {}, (phone, { id }) => phone.deletes(id))
	verb('pin', { seconds: z.number().int().min(0).optional() }, (phone, { id, seconds }) =>
		phone.pins(id, seconds),
	)
	verb('keep', { kept: z.boolean().optional() }, (phone, { id, kept }) => phone.keeps(id, kept))
	return app
}
