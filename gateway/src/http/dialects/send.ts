import type { z } from '@hono/zod-openapi'
import type { SendResult } from '../../session/send/send-result.ts'
import type { SendRequest } from '../../session/send/build-message.ts'
import type { Session } from '../../session/session.ts'
import { messageType } from '../../messages/index.ts'
import { invalid } from '../openapi/schemas.ts'
import { bodySchema } from '../request/send-docs.ts'
import { sendHeadersOf } from '../request/send-headers.ts'
import type { Call, Endpoint } from './dialect.ts'
import { withForeignFieldNames, type FieldNames } from './names.ts'

/** A message in our words. */
export type Translation = {
	/** Our message type. */
	type: string
	/** Our fields. */
	fields: Record<string, unknown>
	/** Their names for those fields, where they differ. */
	names?: FieldNames
	/** Which it is, where one request sends several: each is sent once per idempotency key. */
	part?: number
}

/** Sends a message, as the native API would. */
export async function sendAs(
	{ c }: Pick<Call, 'c'>,
	session: Session,
	{ type, fields, names = {}, part }: Translation,
): Promise<SendResult> {
	const { key, item } = sendHeadersOf(c)
	return withForeignFieldNames(names, async () => {
		const parsed = bodySchema(messageType(type)).safeParse(fields)
		if (!parsed.success) throw invalid(parsed.error)
		const request = { type, input: parsed.data as SendRequest['input'] }
		const ownKey = key !== undefined && part ? `${key}/${part}` : key
		// A request has one place in a batch: what it sends besides follows at once.
		return session.send(request, ownKey, part ? undefined : item)
	})
}

/** How the sends of a dialect are done. */
export type SendStyle = {
	sessionOf(call: Call): Session
	answer: z.ZodType
	/** The answer to a send of one of our types. */
	render(
		result: SendResult,
		type: string,
		call: Call,
	): Record<string, unknown> | Promise<Record<string, unknown>>
}

/** An operation that sends one message. */
export type Send<Body extends z.ZodObject> = Pick<Endpoint, 'path' | 'summary'> & {
	body: Body
	translate(body: z.output<Body>, call: Call): Translation
}

/** Makes operations that send. What WhatsApp has not acknowledged in time is 202. */
export function sendsIn({ sessionOf, answer, render }: SendStyle) {
	return function send<Body extends z.ZodObject>({ translate, ...rest }: Send<Body>): Endpoint {
		return {
			...rest,
			method: 'post',
			answer,
			statuses: [200, 202],
			async run(call) {
				const translation = translate(call.body as z.output<Body>, call)
				const result = await sendAs(call, sessionOf(call), translation)
				const status = result.status === 'sent' ? 200 : 202
				return call.c.json(await render(result, translation.type, call), status)
			},
		}
	}
}
