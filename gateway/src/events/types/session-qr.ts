import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'

export const sessionQr = defineEvent({
	type: 'session.qr',
	title: 'A session shows a new QR',
	description:
		'Whoever scans it owns the session: it is never written to the disk, and null once it has expired.',
	data: z.object({
		qr: z.string().nullable().meta({ description: 'The text, for a QR of your own' }),
		expires_at: z.iso.datetime(),
	}),
	example: { qr: '2@AbCdEf…', expires_at: examples.isoMoment },
	ephemeral: ['qr'],
})
