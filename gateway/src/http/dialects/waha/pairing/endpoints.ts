import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../../errors.ts'
import type { Session } from '../../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { neverStarted, notInState, unprocessable } from '../errors.ts'
import { optionalText, sessionField } from '../fields.ts'
import { sessionNamed, sessionOf } from '../session.ts'
import { wahaStatusOf } from '../session-states.ts'
import { unsupported } from '../unsupported.ts'
import { qrImage } from './qr-image.ts'

const imageInJson = z
	.object({ mimetype: z.string(), data: z.string().meta({ description: 'Base64' }) })
	.openapi('WahaImage')

const qrText = z.object({ value: z.string() })

const NO_BROWSER = 'Can not get screenshot for non chrome based engine.'

/** What links a session to an account. */
export function pairing(services: Services): Endpoint[] {
	const auth = '/api/{session}/auth'

	return [
		endpoint({
			method: 'get',
			path: '/api/screenshot',
			summary: 'Get the QR code of a session as an image',
			action: 'control',
			body: z.object({ session: sessionField }),
			response: imageInJson,
			bytes: 'image/png',
			async run(call) {
				const session = sessionOf(services, call)
				const status = statusOf(session)
				if (status !== 'SCAN_QR_CODE') throw unprocessable(`${NO_BROWSER} The status is ${status}.`)
				return qrImage(call.c, await qrOf(session))
			},
		}),
		endpoint({
			method: 'get',
			path: `${auth}/qr`,
			summary: 'Get the QR code that links a session',
			action: 'control',
			body: z.object({ format: z.enum(['image', 'raw']).default('image') }),
			response: z.union([imageInJson, qrText]),
			bytes: 'image/png',
			async run(call) {
				const value = await qrOf(sessionOf(services, call))
				return call.body.format === 'raw' ? call.c.json({ value }) : qrImage(call.c, value)
			},
		}),
		endpoint({
			method: 'post',
			path: `${auth}/request-code`,
			summary: 'Request a code that links a session, to be typed on the phone',
			action: 'control',
			body: z.object({ phoneNumber: z.string().min(1), method: optionalText }),
			response: z.object({ code: z.string().meta({ examples: ['ABCD-EFGH'] }) }),
			statuses: [201],
			async run(call) {
				const session = sessionNamed(services, call, call.param('session'), neverStarted)
				const { phoneNumber, method } = call.body
				if (method)
					throw unprocessable('Only the code of the app can be requested: leave out method.')
				const { code } = await pair(session, phoneNumber)
				return call.c.json({ code }, 201)
			},
		}),
		...unsupported('control', [
			['get', `${auth}/passkey/challenge`],
			['post', `${auth}/passkey`],
			['get', `${auth}/passkey/confirmation`],
			['post', `${auth}/passkey/confirm`],
			['post', `${auth}/authorize-code`],
			['get', `${auth}/captcha`],
			['post', `${auth}/captcha`],
		]),
	]
}

const statusOf = (session: Session) => wahaStatusOf(session.view().status)

/** Waits for a QR code. @throws WahaError session_not_open unless one is shown, or will be */
async function qrOf(session: Session): Promise<string> {
	const asked = statusOf(session)
	if (asked !== 'SCAN_QR_CODE') throw notShown(session)
	try {
		return (await session.qr()).qr
	} catch (error) {
		const ended = ['session_already_linked', 'passkey_required', 'session_not_open'] as const
		throw ended.some((code) => isGatewayError(error, code)) ? notShown(session) : error
	}
}

const notShown = (session: Session) => notInState(session.id, statusOf(session), ['SCAN_QR_CODE'])

async function pair(session: Session, number: string): Promise<{ code: string }> {
	const status = statusOf(session)
	if (status !== 'SCAN_QR_CODE')
		throw unprocessable(
			`Can request code only in SCAN_QR_CODE status. The current status is ${status}`,
		)
	return withForeignFieldNames({ phone_number: 'phoneNumber' }, () => session.pair(number))
}
