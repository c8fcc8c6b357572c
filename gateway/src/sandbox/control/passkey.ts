import { Hono } from 'hono'
import { z } from 'zod'
import { RELYING_PARTY } from '../wire/authenticator.ts'
import type { Sandbox } from '../sandbox.ts'
import { body, ControlError, phoneOf } from './context.ts'

const signing = z.strictObject({
	/** The challenge of the request, base64url; its other options are ignored. */
	options: z.looseObject({ challenge: z.string().min(1) }),
	origin: z.string().optional(),
	rp_id: z.string().optional(),
	user_verified: z.boolean().optional(),
})

/** Routes for the passkey of a person: their browser's part, for scripts and for a browser's virtual authenticator. */
export function passkeyRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.get('/phones/:phone/passkey', (c) => {
		const { account, passkeyCode } = phoneOf(sandbox, c)
		if (!account.passkey) throw new ControlError(404, `${account.phone} has no passkey.`)
		const { id, userHandle, privateKey, signCount } = account.passkey.credential
		const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
		return c.json({
			code: passkeyCode ?? null,
			// As `WebAuthn.addCredential` of the Chrome DevTools Protocol takes it.
			credential: {
				credentialId: base64(id),
				isResidentCredential: true,
				rpId: RELYING_PARTY,
				privateKey: base64(privateKey),
				userHandle: base64(userHandle),
				signCount,
			},
		})
	})
	app.post('/phones/:phone/passkey', async (c) => {
		const { options, origin, rp_id: rpId, user_verified: isVerified } = await body(c, signing)
		const said = { origin, rpId, isVerified }
		return c.json(phoneOf(sandbox, c).signsChallenge(options.challenge, said))
	})
	return app
}
