import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { bareEnvironment } from '../../support/command.ts'
import { ROOT } from '../../support/paths.ts'
import { linkedGateway, openGateway } from '../../support/gateway/gateway.ts'

const run = promisify(execFile)
const newKey = () => randomBytes(32).toString('hex')

/** `whatsapp-gateway rekey`, as a user types it. */
const rekeying = (dataDir: string, { to, from }: { to?: string; from?: string }) =>
	run(process.execPath, [join(ROOT, 'gateway/src/main.ts'), 'rekey'], {
		env: { ...bareEnvironment(), DATA_DIR: dataDir, STATE_KEY: to, OLD_STATE_KEY: from },
	})

/** Everything that stands in files below a directory. */
async function textsBelow(directory: string): Promise<string> {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true })
	const files = entries.filter((entry) => entry.isFile())
	const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'))
	return (await Promise.all(texts)).join('\n')
}

test('a linked session is encrypted, gets another key and is decrypted again, without a new QR', async (t) => {
	const { sandbox, owner, ada, gateway } = await linkedGateway(t)
	const { dataDir } = gateway
	const [first, second] = [newKey(), newKey()]
	await gateway.stop()
	assert.match(await textsBelow(dataDir), /noiseKey/)

	async function says(text: string, stateKey?: string) {
		const gateway = await openGateway(t, { dataDir, sandbox, ...(stateKey && { stateKey }) })
		gateway.start()
		await gateway.becomes('main', 'open')
		const to = ada.account.phone
		const body = { to, text }
		const sent = await gateway.request('POST', '/api/v1/sessions/main/messages/text', body)
		assert.equal(sent.status, 200, sent.text)
		await ada.receives(text)
		await gateway.stop()
	}

	assert.match((await rekeying(dataDir, { to: first })).stdout, /encrypted/)
	const hidden = await textsBelow(dataDir)
	assert.doesNotMatch(hidden, /noiseKey|491700000001/)
	await says('hidden by the first key', first)

	await assert.rejects(rekeying(dataDir, { to: second, from: newKey() }), /with another key/)
	await says('still by the first key', first)

	await rekeying(dataDir, { to: second, from: first })
	await says('hidden by the second key', second)
	// Begun again, as after a crash.
	await rekeying(dataDir, { to: second, from: first })

	assert.match((await rekeying(dataDir, { from: second })).stdout, /without encryption/)
	await says('in the clear')
	assert.equal(owner.account.devices.length, 2)
})

test('what the simulated WhatsApp keeps beside the state is left as it is', async (t) => {
	const gateway = await openGateway(t)
	await gateway.stop()
	const file = join(gateway.dataDir, 'sandbox/sandbox.json')
	await mkdir(dirname(file))
	await writeFile(file, '{"phones": []}')
	await rekeying(gateway.dataDir, { to: newKey() })
	assert.equal(await readFile(file, 'utf8'), '{"phones": []}')
})

test('state that a running gateway uses is left alone', async (t) => {
	const gateway = await openGateway(t)
	await assert.rejects(
		rekeying(gateway.dataDir, { to: newKey() }),
		/another running gateway|in use/,
	)
})
