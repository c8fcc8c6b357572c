import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'

export const sessionPairingCode = defineEvent({
	type: 'session.pairing_code',
	title: 'A session has a pairing code',
	description:
		'It was requested by the API. It is never written to the disk, and is null once it has expired.',
	data: z.object({
		code: z
			.string()
			.nullable()
			.meta({ examples: ['ABCD-1234'] }),
		phone_number: z.string().meta({ description: 'Phone number to type it on' }),
		expires_at: z.iso.datetime(),
	}),
	example: { code: 'ABCD-1234', phone_number: '4915112345678', expires_at: examples.isoMoment },
	ephemeral: ['code'],
})
