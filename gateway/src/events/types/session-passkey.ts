import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'

/**
 * challenge: a browser must sign · waiting: WhatsApp has the signature · confirm: the code must be compared with the
 * phone's · finishing: the phone links the device · failed: linking begins anew with a QR code
 */
export const passkeyStage = z
	.enum(['challenge', 'waiting', 'confirm', 'finishing', 'failed'])
	.openapi('PasskeyStage')

export type PasskeyStage = z.output<typeof passkeyStage>

/** How far linking with a passkey is. */
export const passkeyStep = z.object({
	stage: passkeyStage,
	options: z.record(z.string(), z.unknown()).nullable().meta({
		description:
			"WebAuthn's request options as JSON, for a page of web.whatsapp.com; in stage `challenge`",
	}),
	code: z
		.string()
		.nullable()
		.meta({ description: 'The phone shows it as well; in stage `confirm`' }),
	expires_at: z.iso
		.datetime()
		.nullable()
		.meta({ description: 'When this stage fails; null if it has failed' }),
	hint: z.string().meta({ description: 'What to do now, or what went wrong' }),
})

export type PasskeyStep = z.output<typeof passkeyStep>

export const sessionPasskey = defineEvent({
	type: 'session.passkey',
	title: 'Linking with a passkey goes on',
	description:
		'WhatsApp asks for the passkey of some accounts before it links a device. Options and code are never written to the disk, and are null once they have expired.',
	data: passkeyStep,
	example: {
		stage: 'challenge',
		options: {
			challenge: 'mYfdnIzhSbvQ0sVJ8gTqJdyxAp4nZkTQWc7sOmPJ4sA',
			timeout: 600_000,
			rpId: 'whatsapp.com',
			allowCredentials: [],
			userVerification: 'required',
			extensions: { uvm: true },
		},
		code: null,
		expires_at: examples.isoMoment,
		hint: 'Confirm with the passkey of this number on web.whatsapp.com. Keep WhatsApp open on the phone.',
	},
	ephemeral: ['options', 'code'],
})
