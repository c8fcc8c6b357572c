import type { z } from '@hono/zod-openapi'
import type { SendResult } from '../../session/send/send-result.ts'
import type { SendRequest } from '../../session/send/build-message.ts'
import type { Session } from '../../session/session.ts'
import type { Envelope } from '../../messages/envelope.ts'
import { messageType } from '../../messages/index.ts'
import { invalidRequest } from '../openapi/schemas.ts'
import { noteHonoursKey } from '../forward/request-scope.ts'
import { sendBodySchema } from '../request/send-route.ts'
import { sendHeadersOf } from '../request/send-headers.ts'
import type { Call, Endpoint, SuccessStatus } from './dialect.ts'
import { withForeignFieldNames, type FieldNames } from './foreign-field-names.ts'

/** Whom a message mentions, which one it answers, and what is shown of its link, each given as a whole. */
export type MessageContext = Pick<Envelope, 'quoted' | 'preview' | 'mentions' | 'mention_all'>

/** A message of another system, translated into ours. */
export type Translation = {
	/** Our message type. */
	type: string
	/** Our fields. */
	fields: Record<string, unknown>
	/** The other system's names for those fields, where they differ. */
	names?: FieldNames
	/** What it says around its content, where our message type has no field for it. */
	context?: MessageContext
	/** The id that it shall have, if the client has chosen one: each is used once. */
	messageId?: string | undefined
	/** Its index, if one request sends several messages: each is sent once per idempotency key. */
	part?: number
}

/**
 * Sends a message as the native API would, with the same headers.
 * @throws GatewayError whose text names fields as the other system does
 */
export async function sendTranslated(
	{ c }: Pick<Call, 'c'>,
	session: Session,
	{ type, fields, names = {}, part, context, messageId }: Translation,
): Promise<SendResult> {
	const { key, item } = sendHeadersOf(c)
	return withForeignFieldNames(names, async () => {
		const parsed = sendBodySchema(messageType(type)).safeParse(fields)
		if (!parsed.success) throw invalidRequest(parsed.error)
		const request = { type, input: { ...parsed.data, ...context } as SendRequest['input'] }
		const partKey = key !== undefined && part ? `${key}/${part}` : key
		// A request has one position in a batch: its further messages follow the first at once.
		return session.send(request, partKey, part ? undefined : item, messageId)
	})
}

/** What all endpoints of a dialect that send have in common. */
export type SendStyle = {
	/** The session of a request. @throws GatewayError session_not_found */
	sessionOf(call: Call): Session
	/** The schema of the response. */
	response: z.ZodType
	/** The statuses of a response: of a message that WhatsApp has acknowledged, and of another. @default [200, 202] */
	statuses?: readonly [SuccessStatus, SuccessStatus]
	/** The response to a send. @param type our message type */
	render(
		result: SendResult,
		type: string,
		call: Call,
	): Record<string, unknown> | Promise<Record<string, unknown>>
}

/** An endpoint that sends one message. */
export type SendEndpoint<Body extends z.ZodObject> = Pick<
	Endpoint,
	'path' | 'summary' | 'action'
> & {
	body: Body
	translate(body: z.output<Body>, call: Call): Translation | Promise<Translation>
}

/**
 * Makes a function that makes endpoints that send. They respond when WhatsApp's server has acknowledged the message,
 * or with 202 if that takes longer than SEND_TIMEOUT.
 */
export function sendsIn({ sessionOf, response, render, statuses = [200, 202] }: SendStyle) {
	return function send<Body extends z.ZodObject>({
		translate,
		...rest
	}: SendEndpoint<Body>): Endpoint {
		return {
			...rest,
			method: 'post',
			response,
			statuses: [...new Set(statuses)],
			async run(call) {
				noteHonoursKey()
				const translation = await translate(call.body as z.output<Body>, call)
				const result = await sendTranslated(call, sessionOf(call), translation)
				const status = statuses[result.status === 'sent' ? 0 : 1]
				return call.c.json(await render(result, translation.type, call), status)
			},
		}
	}
}
