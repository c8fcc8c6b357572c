import type { z } from '@hono/zod-openapi'
import type { Session } from '../../../../session/session.ts'
import { noteHonoursKey } from '../../../forward/request-scope.ts'
import type { Call, Endpoint, Services } from '../../dialect.ts'
import { sendTranslated, type Translation } from '../../send.ts'
import { sentSchema } from '../responses.ts'
import { workingSession } from '../session.ts'
import { sentMessage } from './sent.ts'

type Sending<Body extends z.ZodObject> = {
	/** @default 'post', which answers 201; others answer 200 */
	method?: 'get' | 'put'
	path: string
	summary: string
	body: Body
	/** @param session the session of the request, which is connected */
	translate(body: z.output<Body>, session: Session): Translation | Promise<Translation>
}

/** Makes a function that makes endpoints that send: they answer with the message. */
export function sendingIn(services: Services) {
	return function send<Body extends z.ZodObject>({
		translate,
		method,
		...rest
	}: Sending<Body>): Endpoint {
		const status = method ? 200 : 201
		return {
			...rest,
			method: method ?? 'post',
			action: 'send',
			response: sentSchema,
			statuses: [status],
			async run(call) {
				noteHonoursKey()
				const session = await workingSession(services, call)
				const translation = await translate(call.body as z.output<Body>, session)
				return call.c.json(await sendNow(call, session, translation), status)
			},
		}
	}
}

/** Sends a message. @returns the object that answers it */
export async function sendNow(call: Pick<Call, 'c'>, session: Session, translation: Translation) {
	return sentMessage(session, await sendTranslated(call, session, translation))
}
