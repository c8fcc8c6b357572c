import { z } from '@hono/zod-openapi'
import { SECOND_MS } from '../../../lib/units.ts'
import type { Session } from '../../../session/session.ts'
import { withForeignFieldNames } from '../foreign-field-names.ts'
import { digitsOf } from './instance-number.ts'
import { qrImage } from './qr-image.ts'

/** As long as Evolution waits for a code before it answers. */
const WAIT_MS = 5 * SECOND_MS

export const linkSchema = z.object({
	pairingCode: z.string().nullable(),
	code: z.string().nullable().meta({ description: 'The text of the QR code' }),
	base64: z.string().nullable().meta({ description: 'The QR code as an image in a data URI' }),
	count: z.number().int(),
})

/** There is no code yet. */
export const NO_LINK = { pairingCode: null, code: null, base64: null, count: 0 }

/**
 * What links the phone: the QR code, and with a phone number also a pairing code.
 * @throws GatewayError, those of `session.qr` and `session.pair`
 */
export async function linkingStep(session: Session, number?: string) {
	const pairingCode = number ? await codeFor(session, number) : null
	const { qr: code } = await session.qr(WAIT_MS)
	return { pairingCode, code, base64: qrImage(code), count: 1 }
}

async function codeFor(session: Session, number: string): Promise<string> {
	const { code } = await withForeignFieldNames({ phone_number: 'number' }, () =>
		session.pair(digitsOf(number)),
	)
	return code.replace('-', '')
}
