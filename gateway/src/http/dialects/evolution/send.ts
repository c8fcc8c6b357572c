import { z } from '@hono/zod-openapi'
import type { SendResult } from '../../../session/send/send-result.ts'
import type { Session } from '../../../session/session.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import type { Call, Endpoint, Services } from '../dialect.ts'
import { sendsIn, type Translation } from '../send.ts'
import { commonFields, type CommonFields } from './fields.ts'
import { mentioningOf } from './mentions.ts'
import { messageObject } from './message-object.ts'
import { answeringOf } from './quoted.ts'
import { recipientOf } from './recipient.ts'
import { messageSchema } from './responses.ts'
import { sessionOf } from './session.ts'

/** The longest time for which a chat shows that the account is typing. */
const MOST_TYPING_S = 60

/** A send of Evolution that names its recipient by `number`. */
export type NumberedSend<Shape extends z.core.$ZodLooseShape> = {
	/** The last part of its path: `sendText`. */
	name: string
	summary: string
	fields: Shape
	/** Refuses what Evolution refuses in words of its own, and makes our message of the rest. */
	translate(body: z.output<z.ZodObject<Shape>>): Translation
}

export type Sender = ReturnType<typeof senderOf>

/** Makes the endpoints `POST /message/…/{instance}`. */
export function senderOf(services: Services) {
	const send = sendsIn({
		sessionOf: (call) => sessionOf(services, call),
		response: messageSchema,
		statuses: [201, 201],
		render: (result, _, call: Call) => sentMessage(sessionOf(services, call), result),
	})

	return {
		/** One that has a recipient of its own. */
		send,
		/** One with a `number`, and the fields that all of these have. */
		numbered<Shape extends z.core.$ZodLooseShape>({
			name,
			summary,
			fields,
			translate,
		}: NumberedSend<Shape>): Endpoint {
			const body = z.object({ ...commonFields, ...fields })
			return send({
				path: `/message/${name}/{instance}`,
				summary,
				body: body as z.ZodObject,
				async translate(given, call) {
					const session = sessionOf(services, call)
					const translation = translate(given as z.output<z.ZodObject<Shape>>)
					return addressed(session, given as unknown as CommonFields, translation)
				},
			})
		},
	}
}

/** The message with its recipient, and with what is said around it. */
async function addressed(
	session: Session,
	common: CommonFields,
	{ fields, names, ...rest }: Translation,
): Promise<Translation> {
	const to = await recipientOf(session, common.number)
	const { reply_to, quoted } = await answeringOf(session, common.quoted)
	const { named, ...mentioning } = await mentioningOf(session, to, common)
	const seconds = Math.min((common.delay ?? 0) / SECOND_MS, MOST_TYPING_S)
	return {
		...rest,
		messageId: common.messageId,
		fields: {
			...withNames(fields, named),
			to,
			check_recipient: false,
			...(reply_to && { reply_to }),
			...(seconds > 0 && { typing_seconds: seconds }),
		},
		names: {
			...{ to: 'number', reply_to: 'quoted.key.id', id: 'messageId' },
			audience: 'statusJidList` with POST `/message/sendStatus/{instance}',
			...names,
		},
		context: { ...(quoted && { quoted }), ...mentioning },
	}
}

/** Only these are texts in which people are named. */
const texts = ['text', 'caption']

const withNames = (fields: Translation['fields'], named: (text: string) => string) =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			texts.includes(name) && typeof value === 'string' ? named(value) : value,
		]),
	)

/** What the account has just sent, as it was kept. */
export async function sentMessage(session: Session, { message_id: id, to, timestamp }: SendResult) {
	const [{ message }, chat] = await Promise.all([session.raw(id), session.identity(to)])
	return messageObject({
		...{ session: session.id, id, chat, timestamp, message },
		fromMe: true,
		status: 'PENDING',
	})
}
