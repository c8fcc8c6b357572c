import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Storage } from '../../../gateway/src/storage/driver.ts'
import {
	linkedGateway,
	openGateway,
	openSandbox,
	type TestGateway,
} from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

const MAIN = '/api/v1/sessions/main'

/** Has the stored device say where it was linked, or nothing, as devices of older versions do. */
const linkedAt =
	(additionalData: object | undefined) =>
	(storage: Storage): Storage => ({
		...storage,
		async state(name, initial) {
			const state = await storage.state(name, initial)
			const creds = (await state.get('creds', ['me'])).get('me')
			if (!creds) return state
			const value = { ...creds, additionalData }
			await state.commit([{ collection: 'creds', id: 'me', value }])
			return state
		},
	})

/** The session does not connect and says why, also after a request to connect. */
async function assertRefused(gateway: TestGateway, advice: RegExp): Promise<void> {
	gateway.start()
	const isRefused = async () => {
		const { status, last_disconnect } = (await gateway.request('GET', MAIN)).body
		return status === 'closed' && last_disconnect?.reason === 'other_whatsapp'
	}
	await until('the session is refused', isRefused)
	await gateway.request('POST', `${MAIN}/connect`)
	await until('the session is refused again', isRefused)
	const { body } = await gateway.request('GET', MAIN)
	assert.match(body.last_disconnect.advice, advice)
	assert.equal(body.me.phone, '491700000001')
	assert.equal((await gateway.request('GET', `${MAIN}/qr`)).status, 409)
	await gateway.stop()
}

async function assertOpens(gateway: TestGateway): Promise<void> {
	gateway.start()
	await gateway.becomes('main', 'open')
	await gateway.stop()
}

test('a session that is linked at WhatsApp is not brought to a simulated one', async (t) => {
	const { gateway, sandbox } = await linkedGateway(t)
	const { dataDir } = gateway
	await gateway.stop()
	const before = sandbox.whatsapp.log.list().length
	const through = linkedAt({ simulated: false })
	const atSandbox = await openGateway(t, { dataDir, sandbox, through })
	await assertRefused(atSandbox, /linked at WhatsApp.*without SANDBOX/)
	assert.equal(sandbox.whatsapp.log.list().length, before)
	await assertOpens(
		await openGateway(t, { dataDir, sandbox, through: linkedAt({ simulated: true }) }),
	)
})

test('a session without a note of where it is linked stays linked when a simulated WhatsApp refuses it', async (t) => {
	const { gateway, sandbox } = await linkedGateway(t)
	const { dataDir } = gateway
	await gateway.stop()
	const other = await openSandbox(t)
	const unknown = linkedAt(undefined)
	const atOther = await openGateway(t, { dataDir, sandbox: other, through: unknown })
	await assertRefused(atOther, /linked at WhatsApp.*without SANDBOX/)
	// One that knows it takes it, and then it is known.
	await assertOpens(await openGateway(t, { dataDir, sandbox, through: unknown }))
	const { wsUrl } = sandbox
	await assertRefused(await openGateway(t, { dataDir, sandbox: { wsUrl } }), /with SANDBOX/)
})

test('a session that a simulated WhatsApp has forgotten is logged out', async (t) => {
	const { gateway } = await linkedGateway(t)
	const { dataDir } = gateway
	await gateway.stop()
	const reset = await openGateway(t, { dataDir, sandbox: await openSandbox(t) })
	reset.start()
	await reset.becomes('main', 'logged_out')
})

test('a session that is linked at a simulated WhatsApp is not brought to WhatsApp, and is open again with the simulated one', async (t) => {
	const { gateway, sandbox } = await linkedGateway(t)
	const { dataDir } = gateway
	await gateway.stop()
	// No other root of trust: this is WhatsApp itself to the gateway.
	const { wsUrl } = sandbox
	const atWhatsApp = await openGateway(t, { dataDir, sandbox: { wsUrl } })
	await assertRefused(atWhatsApp, /linked at a simulated WhatsApp.*with SANDBOX/)

	await assertOpens(await openGateway(t, { dataDir, sandbox }))
})
