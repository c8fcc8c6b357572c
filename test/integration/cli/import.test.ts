import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { useMultiFileAuthState } from '@whiskeysockets/baileys'
import { BaileysClient } from '../../support/baileys-client.ts'
import { ROOT } from '../../support/paths.ts'
import { openGateway, openSandbox, temporaryDirectory } from '../../support/gateway/gateway.ts'

const run = promisify(execFile)

/** `whatsapp-gateway import …`, as a user types it. */
const importing = (directory: string, dataDir: string) =>
	run(process.execPath, [join(ROOT, 'gateway/src/main.ts'), 'import', directory], {
		env: { ...process.env, DATA_DIR: dataDir, STATE_KEY: undefined },
	})

test('a device that was linked by plain Baileys continues in the gateway without a new QR', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001')
	const ada = sandbox.phone('491700000002')
	const directory = await temporaryDirectory(t)
	const { state, saveCreds } = await useMultiFileAuthState(directory)
	const client = new BaileysClient(sandbox, { auth: state })
	const qr = await client.connect().qr()
	const open = client.isOpen()
	owner.scans(qr)
	await open
	await client.says(`${ada.account.phone}@s.whatsapp.net`, 'from plain Baileys')
	await ada.receives('from plain Baileys')
	await saveCreds()
	await client.end()

	const dataDir = await temporaryDirectory(t)
	const { stdout } = await importing(directory, dataDir)
	assert.match(stdout, /Imported as session main/)
	await assert.rejects(importing(directory, dataDir), /Session main already exists/)

	const gateway = await openGateway(t, { dataDir, sandbox })
	gateway.start()
	await gateway.becomes('main', 'open')
	const sent = await gateway.request('POST', '/api/v1/sessions/main/messages/text', {
		to: ada.account.phone,
		text: 'from the gateway',
	})
	assert.equal(sent.status, 200, sent.text)
	await ada.receives('from the gateway')
	assert.equal(owner.account.devices.length, 2)
})

test('a directory without a linked device is refused with a reason', async (t) => {
	const [empty, dataDir] = [await temporaryDirectory(t), await temporaryDirectory(t)]
	await assert.rejects(importing(empty, dataDir), /creds\.json/)
})
