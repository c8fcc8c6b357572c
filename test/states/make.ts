// npm run state: keeps what this release leaves on the disk, for the tests of later ones. Run it once for each release.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VERSION } from '../../gateway/src/lib/version.ts'
import { bareEnvironment, run } from '../support/command.ts'
import { startGateway } from '../support/gateway-process.ts'
import { ROOT } from '../support/paths.ts'
import { startRecorder } from '../support/recorder.ts'
import { until } from '../support/wait.ts'
import { ANNA, SHOP, stateFile, type Facts } from './states.ts'

/** A linked session with messages of both sides, a key, and a webhook that has got two events and waits for one. */
async function liveThroughIt(dataDir: string, log: string): Promise<Facts> {
	const gateway = await startGateway({ dataDir, log })
	let status = 200
	const target = await startRecorder(() => ({ status, body: {} }))
	try {
		await gateway.person(SHOP, 'Shop')
		await gateway.person(ANNA, 'Anna')
		await gateway.link('main', SHOP)
		const { key } = await gateway.request<{ key: string }>('POST', '/api/v1/keys', { name: 'n8n' })
		const hooks = '/api/v1/sessions/main/webhooks'
		const webhook = await gateway.request<{ id: string }>('POST', hooks, {
			url: target.url,
			events: ['message.received'],
		})
		const inTurn = ['first', 'second'] as const
		for (const [index, text] of inTurn.entries()) {
			await gateway.says(ANNA, SHOP, text)
			await until(`${text} is delivered`, () => target.requests.length > index)
		}
		status = 503
		await gateway.says(ANNA, SHOP, 'third')
		await until('third is tried', () => target.requests.length > inTurn.length)
		const sent = await gateway.request<{ message_id: string }>(
			'POST',
			'/api/v1/sessions/main/messages/text',
			{ to: ANNA, text: 'answer' },
		)
		await gateway.receives(ANNA, 0, ({ id }) => id === sent.message_id)
		return { at: Date.now(), key, webhook: webhook.id, sent: sent.message_id }
	} finally {
		await gateway.stop()
		await target.stop()
	}
}

/** Its records in tables as well: `rekey` writes a state anew. */
const intoTables = (dataDir: string): Promise<string> =>
	run(process.execPath, [join(ROOT, 'gateway/src/main.ts'), 'rekey'], {
		env: { ...bareEnvironment(), DATA_DIR: dataDir },
	})

const directory = await mkdtemp(join(tmpdir(), 'state-'))
try {
	const facts = await liveThroughIt(join(directory, 'data'), join(directory, 'gateway.log'))
	await intoTables(join(directory, 'data'))
	await writeFile(join(directory, 'facts.json'), JSON.stringify(facts))
	const names = ['--owner=0', '--group=0', '--sort=name', 'data', 'facts.json']
	await run('tar', ['-czf', stateFile(VERSION), '-C', directory, ...names])
	console.log(`The state of ${VERSION} is in ${stateFile(VERSION)}`)
} finally {
	await rm(directory, { recursive: true })
}
