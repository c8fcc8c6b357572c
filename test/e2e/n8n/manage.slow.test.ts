import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { resources } from '../../../gateway/codegen/n8n/resources.ts'
import { startGateway, type Gateway } from '../../support/gateway-process.ts'
import {
	installN8n,
	outputOf,
	startN8n,
	type Execution,
	type N8n,
	type WorkflowDraft,
} from '../../support/n8n.ts'
import { packNodes } from '../../support/pack.ts'
import { calls, fiftyRows, tableFromFile, type Managing } from './support/managing.ts'

const SESSION = 'main'
const SHOP = '491700000001'
const ANNA = '491700000002'
const INSTALLING = 900_000

/** What one can do besides sending, in a real n8n. */
describe('WhatsApp Send manages in a real n8n', { timeout: INSTALLING }, () => {
	const home = mkdtempSync(join(tmpdir(), 'manage-'))
	let gateway: Gateway
	let n8n: N8n
	let using: Managing

	before(async () => {
		await installN8n(console.log)
		const { tarball } = await packNodes()
		gateway = await startGateway({ dataDir: join(home, 'data'), log: join(home, 'gateway.log') })
		await gateway.person(SHOP, 'Our shop', {
			business: { description: 'Tables' },
			catalog: { products: [], collections: [] },
		})
		await gateway.person(ANNA, 'Anna')
		await gateway.link(SESSION, SHOP)
		await gateway.says(ANNA, SHOP, 'Hello')
		n8n = await startN8n({ home: join(home, 'n8n'), tarball, log: join(home, 'n8n.log') })
		const credential = await n8n.createCredential('Gateway', 'whatsAppGatewayApi', {
			baseUrl: gateway.url,
			apiKey: gateway.adminKey,
			headerName: 'X-API-Key',
		})
		using = { session: SESSION, person: ANNA, credential }
	})

	after(async () => {
		await Promise.allSettled([n8n?.stop(), gateway?.stop()])
		rmSync(home, { recursive: true })
	})

	const runs = ({ nodes }: WorkflowDraft, resource: string) =>
		nodes.some(({ parameters }) => parameters.resource === resource)

	const errorOf = (run: Execution, node: string) =>
		run.data.resultData.runData[node]?.[0]?.error ?? outputOf(run, node)[0]?.json.error

	it('an operation of every resource runs', async () => {
		const workflow = calls(using)
		assert.deepEqual(
			resources.map(({ value }) => value).filter((value) => !runs(workflow, value)),
			[],
			'no resource is left out',
		)
		const run = await n8n.run(await n8n.createWorkflow(workflow), 'Start')
		for (const { name } of workflow.nodes.filter(({ type }) => /whatsAppGateway$/.test(type)))
			assert.equal(errorOf(run, name), undefined, `${name}: ${JSON.stringify(errorOf(run, name))}`)
		assert.equal(run.status, 'success', JSON.stringify(run.data.resultData.error))

		const [made] = outputOf(run, 'group create')
		const { groups } = await gateway.request<{ groups: { id: string; subject: string }[] }>(
			'GET',
			'/sandbox/groups',
		)
		assert.deepEqual(
			groups.map(({ subject }) => subject),
			['Team'],
		)
		assert.match(String(made?.json.group_jid), /@g\.us$/)
	})

	it('a file of a table is read by Extract from File', async () => {
		const run = await n8n.run(await n8n.createWorkflow(tableFromFile()), 'Start')
		const rows = outputOf(run, 'Table').map(({ json }) => json)
		assert.deepEqual(rows, [{ day: 'Monday', rain: 'none' }])
	})

	it('of fifty rows the one that is bad comes out of the error output, each with its row', async () => {
		const run = await n8n.run(await n8n.createWorkflow(fiftyRows(using)), 'Start')
		const sent = outputOf(run, 'Sent')
		const failed = outputOf(run, 'Failed')
		assert.deepEqual([sent.length, failed.length], [49, 1])
		for (const { json } of sent) assert.equal(json.text, `Row ${json.row}`)
		assert.equal(failed[0]!.json.row, 17)
	})
})
