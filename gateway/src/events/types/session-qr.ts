import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'

export const sessionQr = defineEvent({
	type: 'session.qr',
	title: 'A session has a new QR code',
	description:
		'Anyone who scans it links the session. It is never written to the disk, and is null once it has expired.',
	data: z.object({
		qr: z.string().nullable().meta({ description: 'Text of the QR code' }),
		expires_at: z.iso.datetime(),
	}),
	example: { qr: '2@AbCdEf…', expires_at: examples.isoMoment },
	ephemeral: ['qr'],
})
