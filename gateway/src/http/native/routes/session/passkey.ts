import { z } from '@hono/zod-openapi'
import { passkeyStage, passkeyStep } from '../../../../events/types/session-passkey.ts'
import { assertionSchema } from '../../../../session/passkey/assertion.ts'
import type { CeremonyStep } from '../../../../session/passkey/ceremony.ts'
import { defineRoute } from '../../define-route.ts'

const passkeySchema = passkeyStep
	.extend({
		stage: z
			.enum(['none', ...passkeyStage.options])
			.meta({ description: '`none`: WhatsApp has not asked for a passkey' }),
		token: z.string().nullable().meta({
			description:
				'Answers this request without an API key, at `/passkey/{token}`; in stage `challenge`',
		}),
	})
	.openapi('Passkey')

const NONE: z.input<typeof passkeySchema> = {
	stage: 'none',
	options: null,
	code: null,
	expires_at: null,
	hint: 'WhatsApp has not asked for a passkey. Link with a QR code or a pairing code.',
	token: null,
}

const shown = (step: CeremonyStep | undefined) => step ?? NONE

const LINKING = 'It belongs to linking, which takes a person with a browser.'

/** Linking with a passkey. */
export const passkeyRoutes = [
	defineRoute({
		method: 'get',
		path: '/passkey',
		summary: 'Get how far linking with a passkey is',
		description:
			'WhatsApp asks for the passkey of some accounts after the QR code was scanned. A browser signs `options` on a page of ' +
			'web.whatsapp.com; its answer goes to `POST …/passkey`.',
		answer: passkeySchema,
		node: LINKING,
		run: async ({ session }) => shown(session.passkeys.step()),
	}),
	defineRoute({
		method: 'post',
		path: '/passkey',
		summary: "Answer WhatsApp's request for a passkey",
		description:
			'With what `PublicKeyCredential.toJSON()` returns. It is checked before anything is sent: an answer that cannot be used can ' +
			'be given again.',
		body: assertionSchema,
		answer: passkeySchema,
		success: 'WhatsApp has taken it; the step that follows',
		node: LINKING,
		async run({ session, body }) {
			await session.passkeys.answer(body)
			return shown(session.passkeys.step())
		},
	}),
	defineRoute({
		method: 'post',
		path: '/passkey/confirm',
		summary: 'Confirm that the phone shows the same code',
		answer: passkeySchema,
		node: LINKING,
		async run({ session }) {
			await session.passkeys.confirm()
			return shown(session.passkeys.step())
		},
	}),
]
