import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { ADMIN_KEY, temporaryDirectory } from '../support/gateway/gateway.ts'
import { openGatewayProcess } from '../support/gateway/process.ts'
import { ROOT } from '../support/paths.ts'

/** What not every gateway needs, and what it costs: 2 to 22 MB each in a fresh process. */
const LATE = [
	...['sharp', 'music-metadata', 'file-type', 'libphonenumber-js'],
	...['qrcode', 're2js', '@fastify/busboy', 'pg'],
]

async function startNoting(t: TestContext) {
	const file = join(await temporaryDirectory(t), 'packages')
	await writeFile(file, '')
	const preload = join(ROOT, 'test/support/gateway/note-packages.ts')
	const gateway = await openGatewayProcess(t, {
		...{ SANDBOX: '1', PACKAGES_FILE: file, NODE_OPTIONS: `--import=${preload}` },
	})
	const packages = async () => (await readFile(file, 'utf8')).split('\n')
	return { ...gateway, packages }
}

test('a gateway loads the packages that it may never need when it needs them', async (t) => {
	const { url, packages } = await startNoting(t)
	const atStart = await packages()
	assert.ok(atStart.includes('@whiskeysockets/baileys'), 'what is loaded is noted')
	assert.deepEqual(
		LATE.filter((name) => atStart.includes(name)),
		[],
	)
	const headers = { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' }
	const body = JSON.stringify({ id: 'main' })
	await fetch(`${url}/api/v1/sessions`, { method: 'POST', headers, body })
	const qr = await fetch(`${url}/api/v1/sessions/main/qr?format=png`, { headers })
	assert.equal(qr.status, 200)
	assert.ok((await packages()).includes('qrcode'))
})
