import type { Context } from 'hono'
import { z } from 'zod'
import type { Account } from '../server/model.ts'
import type { Phone } from '../phone/phone.ts'
import type { Sandbox } from '../sandbox.ts'

/** An error of the caller: becomes an answer with this status. */
export class ControlError extends Error {
	readonly status: 400 | 404 | 409
	constructor(status: 400 | 404 | 409, message: string) {
		super(message)
		this.status = status
	}
}

const digits = z.string().transform((text) => text.replace(/\D/g, ''))
export const phoneNumber = digits.pipe(z.string().min(5).max(15))

/** The request's body. @throws ControlError with what is wrong in it */
export async function body<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
	return parsed(await c.req.json().catch(() => undefined), schema)
}

/** @throws ControlError with what is wrong in it */
export function parsed<T>(said: unknown, schema: z.ZodType<T>): T {
	const outcome = schema.safeParse(said)
	if (!outcome.success) throw new ControlError(400, z.prettifyError(outcome.error))
	return outcome.data
}

/** The phone in the request's path. */
export function phoneOf(sandbox: Sandbox, c: Context): Phone {
	const number = c.req.param('phone') ?? ''
	const phone = sandbox.phones.get(number.replace(/\D/g, ''))
	if (!phone)
		throw new ControlError(404, `No phone has the number ${number}. Add it: POST /sandbox/phones`)
	return phone
}

export function accountOf(sandbox: Sandbox, number: string): Account {
	const found = sandbox.whatsapp.directory.accounts.get(number)
	if (!found) throw new ControlError(404, `No phone has the number ${number}.`)
	return found
}

/** An existing phone, unlike `sandbox.phone`, which creates a missing one. */
export function personIn(sandbox: Sandbox, number: string): Phone {
	return sandbox.phone(accountOf(sandbox, number).phone)
}
