import type { z } from '@hono/zod-openapi'
import type { Session } from '../../../session/session.ts'
import type { Call, Endpoint, Services } from '../dialect.ts'
import { sendsIn, type Translation } from '../send.ts'
import { sentSchema } from './responses.ts'
import { sentMessage } from './sent.ts'
import { sessionOf, workingSession } from './session.ts'

type Sending<Body extends z.ZodObject> = {
	path: string
	summary: string
	body: Body
	/** @param session the session of the request, which is connected */
	translate(body: z.output<Body>, session: Session, call: Call): Translation | Promise<Translation>
}

/** Makes a function that makes endpoints that send: they answer 201 with the message. */
export function sendingIn(services: Services) {
	const send = sendsIn({
		sessionOf: (call) => sessionOf(services, call),
		response: sentSchema,
		statuses: [201, 201],
		render: (result, _, call) => sentMessage(sessionOf(services, call), result),
	})
	return <Body extends z.ZodObject>({ translate, ...rest }: Sending<Body>): Endpoint =>
		send({
			...rest,
			action: 'send',
			translate: async (body, call) => translate(body, await workingSession(services, call), call),
		})
}
