// npm run demo: an n8n workflow answers a WhatsApp message, on this machine alone.
//   -- --once   does the round trip, prints it, and exits with 0, or with 1 and what went wrong
//   PORT, N8N_PORT   the ports of the gateway (3000) and of n8n (5678)
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startGateway, type Gateway } from '../support/gateway-process.ts'
import { withProgress } from '../support/install.ts'
import {
	installN8n,
	startN8n,
	type N8n,
	type Workflow,
	type WorkflowDraft,
} from '../support/n8n.ts'
import { buildPages, packNodes } from '../support/pack.ts'
import { CACHE, ROOT } from '../support/paths.ts'
import { mustBeFree } from '../support/ports.ts'
import { missingTools } from '../support/tools.ts'
import { until } from '../support/wait.ts'

const SESSION = 'main'
const SHOP = { phone: '491700000001', name: 'Your account' }
const ANNA = { phone: '491700000002', name: 'Anna' }
const PACKAGE = 'n8n-nodes-whatsapp-gateway.'
const CREDENTIAL = { name: 'Demo gateway', type: 'whatsAppGatewayApi' }

const once = process.argv.includes('--once')
/** A demo that stays up keeps what is done in it; a check starts from nothing. */
const HOME = join(CACHE, once ? 'demo-once' : 'demo')
const say = (line = ''): void => console.log(line)

/** What was started, newest last: stopped in reverse. */
const started: { stop(): Promise<void> }[] = []

async function stopAll(): Promise<void> {
	for (const { stop } of started.splice(0).reverse()) await stop()
}

function keep<T extends { stop(): Promise<void> }>(service: T): T {
	started.push(service)
	return service
}

/** A sandboxed gateway with two people: the account that n8n uses, and Anna who writes to it. */
async function startLinkedGateway(port: number): Promise<Gateway> {
	const gateway = keep(
		await withProgress(say, 'Starting the gateway with a simulated WhatsApp', () =>
			startGateway({ port, dataDir: join(HOME, 'gateway'), log: join(HOME, 'gateway.log') }),
		),
	)
	for (const { phone, name } of [SHOP, ANNA]) await gateway.person(phone, name)
	await gateway.link(SESSION, SHOP.phone)
	say(`Linked session "${SESSION}" to the simulated phone ${SHOP.phone}.`)
	return gateway
}

/** The example as a user would import it, with a credential for this gateway chosen in both nodes. */
async function loadExample(n8n: N8n, gateway: Gateway): Promise<Workflow> {
	const file = join(ROOT, 'docs/examples/answer-hello.json')
	const example = JSON.parse(readFileSync(file, 'utf8')) as WorkflowDraft
	const { id, name } = await n8n.saveCredential(CREDENTIAL.name, CREDENTIAL.type, {
		baseUrl: gateway.url,
		apiKey: gateway.adminKey,
		headerName: 'X-API-Key',
	})
	const earlier = await n8n.findWorkflow(example.name)
	if (earlier) return earlier
	const credentials = { [CREDENTIAL.type]: { id, name } }
	const nodes = example.nodes.map((node) =>
		node.type.startsWith(PACKAGE) ? { ...node, credentials } : node,
	)
	return n8n.createWorkflow({ ...example, nodes })
}

/** Activates it anew: what an earlier start registered may name ports that are no longer ours. */
async function activate(n8n: N8n, gateway: Gateway, workflow: Workflow): Promise<void> {
	const ids = workflow.nodes.flatMap(({ webhookId }) => webhookId ?? [])
	const registered = async () =>
		(await gateway.webhooks(SESSION)).find(({ url }) => ids.some((id) => url.includes(id)))
	if (workflow.active) {
		await n8n.deactivate(workflow)
		await until('the trigger leaves the gateway', async () => !(await registered()))
	}
	await n8n.activate(workflow)
	const webhook = await until('the trigger registers at the gateway', registered)
	await n8n.live(webhook.url)
	say(`Loaded and activated the workflow "${workflow.name}".`)
}

/** The point of all this: a message goes in, and what n8n made of it comes back. */
async function converse(gateway: Gateway): Promise<void> {
	const before = await gateway.newest(ANNA.phone)
	// The answer repeats the text: no answer to an earlier message, nor anybody's, counts as the proof.
	const hello = `hello at ${new Date().toISOString()}`
	say(`\n${ANNA.name} (${ANNA.phone}) writes:        ${hello}`)
	await gateway.says(ANNA.phone, SHOP.phone, hello)
	const answer = await gateway.receives(ANNA.phone, before, ({ text }) => !!text?.includes(hello))
	say(`${ANNA.name}'s phone receives and decrypts: ${answer.text}\n`)
}

function explain(n8n: N8n, gateway: Gateway, workflow: Workflow): void {
	say(`${ANNA.name}'s phone  ${gateway.url}/console/phone/${ANNA.phone}`)
	say(`              write as ${ANNA.name} and see the answers; sign in with the key`)
	say(`              ${gateway.adminKey}`)
	say(`n8n           ${n8n.url}/workflow/${workflow.id}`)
	say(`              log in as ${n8n.owner.email}, password ${n8n.owner.password}`)
	say(`Console       ${gateway.url}/console`)
	say(`API           ${gateway.url}/docs`)
	say('\nCtrl-C stops everything.')
}

async function demo(): Promise<void> {
	const missing = await missingTools('npm', 'tar')
	if (missing.length > 0) throw new Error(`Please install what is missing: ${missing.join(', ')}`)
	if (process.env.STATE_URL)
		say('The demo keeps its state in files of its own: the database of STATE_URL is not touched.')
	const gatewayPort = await mustBeFree('PORT', 3000)
	const n8nPort = await mustBeFree('N8N_PORT', 5678)
	if (once) rmSync(HOME, { recursive: true, force: true })
	await installN8n(say)
	const { tarball } = await withProgress(say, 'Building and packing the nodes', packNodes)
	await withProgress(say, 'Building the pages of the gateway', buildPages)
	const gateway = await startLinkedGateway(gatewayPort)
	const n8n = keep(
		await startN8n({
			home: join(HOME, 'n8n'),
			log: join(HOME, 'n8n.log'),
			tarball,
			port: n8nPort,
			progress: say,
		}),
	)
	const workflow = await loadExample(n8n, gateway)
	await activate(n8n, gateway, workflow)
	await converse(gateway)
	if (once) return stopAll()
	explain(n8n, gateway, workflow)
}

async function fail(error: unknown): Promise<void> {
	say(`The demo failed: ${error instanceof Error ? error.message : String(error)}`)
	await stopAll()
	process.exitCode = 1
}

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => {
		stopping = true
		say('\nStopping …')
		void stopAll().finally(() => process.exit(0))
	})

try {
	await demo()
} catch (error) {
	if (!stopping) await fail(error)
}
