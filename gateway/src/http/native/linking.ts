import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Qr } from '../../session/linking.ts'
import type { Session } from '../../session/session.ts'
import type { Sessions } from '../../session/sessions.ts'
import { sessionStatus } from '../../events/types/session-status.ts'
import { qrCode } from '../../lib/qr-code.ts'
import { deviceProps } from '../../session/device-props.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { setDevice } from './routes/session/connect.ts'
import {
	json,
	jsonBody,
	problems,
	rejectInvalid,
	sessionParam,
	sessionSchema,
} from '../openapi/schemas.ts'

const qrSchema = z.object({
	qr: z.string().meta({ description: 'The text to show as a QR' }),
	expires_at: z.iso.datetime(),
	status: sessionStatus,
	qr_codes: z.array(z.string()).meta({ description: 'The same, as WA-RS has it' }),
	timeout_seconds: z.number().int().meta({ description: 'How long it can be scanned' }),
})

const picture = { schema: z.string() }

const qr = createRoute({
	method: 'get',
	path: '/sessions/{session}/qr',
	summary: 'Get the QR code that links a session',
	description: 'In WhatsApp on the phone: Linked devices, Link a device. Starts linking if needed.',
	request: {
		params: sessionParam,
		query: z.object({ format: z.enum(['json', 'svg', 'png', 'text']).default('json') }),
	},
	responses: {
		200: {
			description: 'The QR',
			content: {
				'application/json': { schema: qrSchema },
				'image/svg+xml': picture,
				'image/png': picture,
				'text/plain': picture,
			},
		},
		...problems,
	},
})

const pair = createRoute({
	method: 'post',
	path: '/sessions/{session}/pair',
	summary: 'Get a pairing code, which links a session without a QR code',
	request: {
		params: sessionParam,
		body: jsonBody(
			z.object({
				phone_number: z.string().meta({ title: 'Phone Number', examples: ['4915112345678'] }),
				device: deviceProps.optional(),
			}),
		),
	},
	responses: {
		200: {
			description: 'To be typed into WhatsApp: Linked devices, Link with phone number',
			...json(
				z.object({
					code: z.string().meta({ examples: ['ABCD-EFGH'] }),
					timeout_seconds: z.number().int().meta({ description: 'How long it can be typed in' }),
				}),
			),
		},
		...problems,
	},
})

const steps: Record<string, { summary: string; take: (session: Session) => Promise<void> }> = {
	disconnect: {
		summary: 'Disconnect a session',
		take: (session) => session.disconnect(),
	},
	logout: {
		summary: 'Log out: unlink a session from its account',
		take: (session) => session.logout(),
	},
}

/** What leads a session from one state to another. */
export function linkingRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(qr, async (c) => {
		const session = sessions.get(c.req.valid('param').session)
		return drawn(await session.qr(), c.req.valid('query').format) as never
	})
	app.openapi(pair, async (c) => {
		const session = sessions.get(c.req.valid('param').session)
		const { phone_number: phone, device } = c.req.valid('json')
		if (device) await setDevice(session, c.get('caller'), device)
		return c.json(await session.pair(phone), 200)
	})
	for (const [name, { summary, take }] of Object.entries(steps)) {
		app.openapi(stepRoute(name, summary), async (c) => {
			const session = sessions.get(c.req.valid('param').session)
			await take(session)
			return c.json(session.view(), 200)
		})
	}
	return app
}

function stepRoute(name: string, summary: string) {
	return createRoute({
		method: 'post',
		path: `/sessions/{session}/${name}`,
		summary,
		request: { params: sessionParam },
		responses: { 200: { description: 'The session now', ...json(sessionSchema) }, ...problems },
	})
}

async function drawn(shown: Qr, format: string): Promise<Response> {
	if (format === 'json') {
		const left = Math.ceil((Date.parse(shown.expires_at) - Date.now()) / 1000)
		const timeout_seconds = Math.max(0, left)
		return Response.json({ ...shown, qr_codes: [shown.qr], timeout_seconds })
	}
	if (format === 'png') {
		const bytes = await qrCode().toBuffer(shown.qr, { width: 512 })
		return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/png' } })
	}
	const type = format === 'svg' ? 'image/svg+xml' : 'text/plain; charset=utf-8'
	const text = await qrCode().toString(shown.qr, { type: format === 'svg' ? 'svg' : 'utf8' })
	return new Response(text, { headers: { 'content-type': type } })
}
