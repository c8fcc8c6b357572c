import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { bareEnvironment } from '../../support/command.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { startGateway } from '../../support/gateway-process.ts'

test('the gateways of tests and of the demo take no setting of the caller, and none of the .env where they start', async (t) => {
	const cwd = await temporaryDirectory(t)
	const dataDir = await temporaryDirectory(t)
	const database = 'postgresql://nobody@127.0.0.1:9/production'
	await writeFile(join(cwd, '.env'), `STATE_URL=${database}\nSTATE_KEY=a-key-of-the-caller\n`)
	const gateway = await startGateway({ cwd, dataDir, log: join(cwd, 'log') })
	atEnd(t, gateway.stop)
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	assert.ok((await readdir(join(dataDir, 'sessions'))).length > 0)
	assert.equal(bareEnvironment().STATE_URL, '')
})
