import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { bareEnvironment } from '../../support/command.ts'
import { ROOT } from '../../support/paths.ts'
import { linkedGateway, openGateway, temporaryDirectory } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'

const run = promisify(execFile)
const MAIN = '/api/v1/sessions/main'

/** `whatsapp-gateway backup`, as a user types it: without the key of the state. */
const backUp = (dataDir: string, ...args: string[]) =>
	run(process.execPath, [join(ROOT, 'gateway/src/main.ts'), 'backup', ...args], {
		env: { ...bareEnvironment(), DATA_DIR: dataDir },
	})

test('a session that is backed up while it is open goes on after its state was destroyed and restored', async (t) => {
	const stateKey = randomBytes(32).toString('hex')
	const receiver = await openReceiver(t)
	const { sandbox, owner, ada, gateway } = await linkedGateway(t, { stateKey })
	const { dataDir } = gateway
	const hook = { url: receiver.url, events: ['message.received'] }
	const { body: webhook } = await gateway.request('POST', `${MAIN}/webhooks`, hook)
	const gets = (text: string) => receiver.gets(({ event }) => event.data.text === text)
	const send = (through: typeof gateway, text: string) =>
		through.request('POST', `${MAIN}/messages/text`, { to: ada.account.phone, text })
	await ada.says('before the backup', { to: owner })
	await gets('before the backup')

	const copy = join(await temporaryDirectory(t), 'copy')
	const [{ stdout }, ...sent] = await Promise.all([
		backUp(dataDir, copy),
		...[1, 2, 3, 4, 5].map((n) => send(gateway, `while it is made ${n}`)),
	])
	assert.match(stdout, /^\d+ files of .* were copied to /)
	for (const { status } of sent) assert.equal(status, 200)
	assert.equal((await send(gateway, 'after the backup')).status, 200)
	await ada.says('after the backup', { to: owner })
	await gets('after the backup')

	await gateway.stop()
	await rm(dataDir, { recursive: true })
	await cp(copy, dataDir, { recursive: true })
	const restored = await openGateway(t, { dataDir, sandbox, stateKey })
	restored.start()
	await restored.becomes('main', 'open')
	assert.equal(owner.account.devices.length, 2, 'nothing was scanned')

	const { body } = await restored.request('GET', `${MAIN}/events?types=message.received`)
	const texts = body.events.map(({ data }: any) => data.text)
	assert.ok(texts.includes('before the backup'))
	assert.equal((await send(restored, 'sent by the restored one')).status, 200)
	await ada.receives('sent by the restored one')
	await ada.says('written to the restored one', { to: owner })
	const { headers } = await gets('written to the restored one')
	assert.ok(headers['webhook-id'])
	const { body: hooks } = await restored.request('GET', `${MAIN}/webhooks`)
	assert.deepEqual(
		hooks.webhooks.map(({ id }: any) => id),
		[webhook.id],
	)
})

test('backup says what it needs', async (t) => {
	const directory = await temporaryDirectory(t)
	await assert.rejects(backUp(directory), /Name a new directory for the copy/)
	await assert.rejects(backUp(directory, join(directory, 'copy')), /is in DATA_DIR/)
	await assert.rejects(backUp(join(directory, 'absent'), '/tmp/x'), /is not there: set DATA_DIR/)
})
