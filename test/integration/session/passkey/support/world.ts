import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Phone } from '../../../../../gateway/src/sandbox/index.ts'
import type { Passkey } from '../../../../../gateway/src/sandbox/server/model.ts'
import { openGateway, openSandbox } from '../../../../support/gateway/gateway.ts'
import { until } from '../../../../support/wait.ts'

export const MAIN = '/api/v1/sessions/main'
export const PASSKEY = `${MAIN}/passkey`

type Options = NonNullable<Parameters<typeof openGateway>[1]>

/** A gateway with an unlinked session `main`, and an owner for whose number WhatsApp asks for a passkey. */
export async function passkeyWorld(
	t: TestContext,
	{ asks = {}, ...options }: Options & { asks?: Partial<Omit<Passkey, 'credential'>> } = {},
) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	owner.hasPasskey(asks)
	const gateway = await openGateway(t, { ...options, sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })

	const step = async () => (await gateway.request('GET', PASSKEY)).body
	const session = async () => (await gateway.request('GET', MAIN)).body

	return {
		sandbox,
		owner,
		gateway,
		step,
		session,
		/** Scans the QR code. */
		async scan(phone: Phone = owner) {
			const shown = await gateway.request('GET', `${MAIN}/qr`)
			assert.equal(shown.status, 200, shown.text)
			phone.scans(shown.body.qr)
		},
		/** Waits for a stage. @returns the step */
		becomes: (stage: string) =>
			until(`the ceremony is in stage ${stage}`, async () => {
				const now = await step()
				return now.stage === stage && now
			}),
		/** Signs what is asked for now, as the owner's browser does. */
		sign: async (options?: Parameters<Phone['signsChallenge']>[1]) =>
			owner.signsChallenge((await step()).options.challenge, options),
		answer: (assertion: unknown) => gateway.request('POST', PASSKEY, assertion),
		/** Waits until linking has failed. @returns the reason and the sentence */
		async failure() {
			await gateway.becomes('main', 'created')
			const { last_disconnect } = await session()
			const failed = await step()
			assert.equal(failed.stage, 'failed')
			assert.equal(failed.hint, last_disconnect.advice)
			return { reason: last_disconnect.reason, sentence: failed.hint }
		},
		/** The events of the ceremony, as they were told. */
		async events() {
			const { body } = await gateway.request('GET', `${MAIN}/events?limit=1000`)
			return body.events.filter(({ type }: { type: string }) => type === 'session.passkey')
		},
	}
}
