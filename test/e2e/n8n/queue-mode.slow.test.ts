// n8n in its queue mode and the gateways of a cluster, each with a database of one PostgreSQL, as compose.yaml has them with
// the profile `cluster`.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { textOf } from '../../../gateway/src/sandbox/phone/inbox.ts'
import { openClusterWorld } from '../cluster/support/world.ts'
import { composeFile } from '../container/support/compose-file.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { openRedis } from '../../support/import/redis.ts'
import { installN8n, startN8n, startN8nWorker, type WorkflowDraft } from '../../support/n8n.ts'
import { packNodes } from '../../support/pack.ts'
import { ROOT } from '../../support/paths.ts'
import { until } from '../../support/wait.ts'

const NODES = 'n8n-nodes-whatsapp-gateway.'
const PATIENCE = { timeout: 90_000 }

test('a worker of n8n answers by any gateway, also when the one that had the session has stopped', async (t) => {
	await installN8n(console.log)
	const { tarball } = await packNodes()
	const world = await openClusterWorld(t)
	const owner = await world.start()
	await world.link(owner, 1)
	const other = await world.start()
	const [line] = world.lines
	const { id, person, shop } = line!

	const redis = new URL((await openRedis(t)).url(0))
	const database = new URL(world.url)
	await world.sql('create database n8n')
	const { environment } = composeFile().services['n8n-main']!
	const env = {
		...Object.fromEntries(
			Object.entries(environment!).filter(([name]) => /^(DB|EXEC|OFF|QUEUE)/.test(name)),
		),
		DB_POSTGRESDB_HOST: database.hostname,
		DB_POSTGRESDB_PORT: database.port,
		DB_POSTGRESDB_USER: database.username,
		QUEUE_BULL_REDIS_HOST: redis.hostname,
		QUEUE_BULL_REDIS_PORT: redis.port,
	}
	const home = await temporaryDirectory(t)
	const n8n = await startN8n({ home, tarball, log: join(home, 'main.log'), env })
	atEnd(t, n8n.stop)
	const worker = await startN8nWorker({ home, log: join(home, 'worker.log'), env })
	atEnd(t, worker.stop)

	// Not the gateway that has the session.
	const credential = await n8n.saveCredential('Gateway', 'whatsAppGatewayApi', {
		baseUrl: other.url,
		apiKey: other.adminKey,
		headerName: 'X-API-Key',
	})
	const file = join(ROOT, 'docs/examples/answer-hello.json')
	const draft = JSON.parse(
		readFileSync(file, 'utf8').replace('"value": "main"', `"value": "${id}"`),
	) as WorkflowDraft
	const credentials = { whatsAppGatewayApi: { id: credential.id, name: credential.name } }
	const nodes = draft.nodes.map((node) =>
		node.type.startsWith(NODES) ? { ...node, credentials } : node,
	)
	const workflow = await n8n.createWorkflow({ ...draft, nodes })
	await n8n.activate(workflow)
	const [webhook] = await until('the trigger registers', async () => {
		const found = await other.webhooks(id)
		return found.length > 0 && found
	})
	await n8n.live(webhook!.url)

	const converse = async (text: string) => {
		await person.says(text, { to: shop })
		const answers = () => person.inbox.entries.map(({ message }) => textOf(message) ?? '')
		const isAnswered = () => answers().some((each) => each.includes(text))
		await until(`an answer to ${text}`, isAnswered, PATIENCE).catch((cause: unknown) => {
			throw new Error(worker.output(), { cause })
		})
	}
	await converse('hello at the first')
	const ended = once(owner.process, 'exit')
	owner.process.kill('SIGTERM')
	assert.equal((await ended)[0], 0)
	await converse('hello at the second')
	assert.deepEqual(await world.spread(), { [other.name]: 1 })
})
