import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'

export const sessionPairingCode = defineEvent({
	type: 'session.pairing_code',
	title: 'A session has a code to be typed in on the phone',
	description:
		'Somebody asked for it. Like a QR it is never written to the disk, and null once it has expired.',
	data: z.object({
		code: z
			.string()
			.nullable()
			.meta({ examples: ['ABCD-1234'] }),
		phone_number: z.string().meta({ description: 'The phone that it is for' }),
		expires_at: z.iso.datetime(),
	}),
	example: { code: 'ABCD-1234', phone_number: '4915112345678', expires_at: examples.isoMoment },
	ephemeral: ['code'],
})
