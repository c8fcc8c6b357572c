// npm run screens: pictures of the node's panel in a real n8n and of the gateway's pages, for docs/screens, and of the
// example workflows.
//   CHROMIUM   the browser (/usr/bin/chromium)
//   npm run screens -- examples   takes only those of the workflows
//   npm run screens -- pages      takes only those of the pages
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { example } from '../e2e/n8n/support/asking.ts'
import { startGateway } from '../support/gateway-process.ts'
import { installLocked } from '../support/install.ts'
import { installN8n, startN8n, type Credential, type N8n, type Workflow } from '../support/n8n.ts'
import { packNodes } from '../support/pack.ts'
import { ROOT, SCREENS } from '../support/paths.ts'
import type { Page } from './browser.js'
import { photographCanvas } from './canvas.ts'
import { photographPages } from './pages.ts'
import { save } from './save.ts'
import { shown } from './workflow.ts'

const SESSION = 'main'
const SHOP = '491700000001'
const ANNA = '491700000002'
const WIDTH = 1280
/** More than any panel needs; a picture ends where the panel's fields end. */
const HEIGHT = 1800

const home = mkdtempSync(join(tmpdir(), 'screens-'))
const stops: (() => Promise<unknown>)[] = []

async function openN8n() {
	await installN8n(console.log)
	const { tarball } = await packNodes()
	const gateway = await startGateway({
		dataDir: join(home, 'data'),
		log: join(home, 'gateway.log'),
	})
	stops.unshift(gateway.stop)
	await gateway.person(SHOP, 'Our shop')
	await gateway.person(ANNA, 'Anna')
	await gateway.link(SESSION, SHOP)
	const n8n = await startN8n({ home: join(home, 'n8n'), tarball, log: join(home, 'n8n.log') })
	stops.unshift(n8n.stop)
	const credential = await n8n.createCredential('WhatsApp Gateway', 'whatsAppGatewayApi', {
		baseUrl: gateway.url,
		apiKey: gateway.adminKey,
		headerName: 'X-API-Key',
	})
	return { n8n, credential }
}

async function logIn(page: Page, { url, owner }: N8n): Promise<void> {
	await page.goto(`${url}/signin`)
	await page.fill('input[name="emailOrLdapLoginId"]', owner.email)
	await page.fill('input[name="password"]', owner.password)
	await page.click('[data-test-id="form-submit-button"]')
	await page.waitForURL(/home|workflow/)
}

/** Runs in the browser. */
const BOTTOM_OF_THE_LAST = `Math.max(
	...[...document.querySelectorAll('[data-test-id="node-parameters"] :is(input, textarea, button)')]
		.map((field) => field.getBoundingClientRect())
		.filter(({ width }) => width > 0)
		.map(({ bottom }) => bottom),
)`

/** The fields of one node, to the last of them. */
async function photograph(page: Page, { url }: N8n, workflow: Workflow, name: string) {
	const { id } = workflow.nodes.find((node) => node.name === name)!
	await page.goto(`${url}/workflow/${workflow.id}/${id}`)
	await page.locator('[data-test-id="parameter-input-operation"]').waitFor()
	const panel = await page.locator('[data-test-id="node-parameters"]').boundingBox()
	const end = await page.evaluate<number>(BOTTOM_OF_THE_LAST)
	if (!panel) throw new Error(`The panel of ${name} shows no fields`)
	const file = `${name.toLowerCase().replaceAll(' ', '-')}.png`
	const { x, y, width } = panel
	const clip = { x, y, width, height: Math.min(panel.height, end + 24 - y) }
	await save(page, clip, join('docs/screens', file))
}

async function takePanels(page: Page, n8n: N8n, credential: Credential) {
	const workflow = await n8n.createWorkflow(shown({ session: SESSION, to: ANNA, credential }))
	for (const { name, type } of workflow.nodes)
		if (type.endsWith('whatsAppGateway')) await photograph(page, n8n, workflow, name)
}

async function takeExamples(page: Page, n8n: N8n, credential: Credential) {
	const model = await n8n.createCredential('Model', 'openAiApi', { apiKey: 'none', header: false })
	const others = { 'OpenAI Chat Model': { openAiApi: { id: model.id, name: model.name } } }
	for (const file of globSync('*.json', { cwd: join(ROOT, 'docs/examples') }).sort()) {
		const name = basename(file, '.json')
		const draft = example(name, { session: SESSION, credential }, others)
		const workflow = await n8n.createWorkflow(draft)
		await photographCanvas(page, n8n, workflow, `docs/examples/screens/${name}.png`)
	}
}

async function takeAll(): Promise<void> {
	const { n8n, credential } = await openN8n()
	await installLocked(SCREENS, 'what drives the browser', console.log)
	// Not imported above, because the line before may have installed what it needs.
	const { openBrowser } = await import('./browser.js')
	const browser = await openBrowser(process.env.CHROMIUM ?? '/usr/bin/chromium')
	stops.unshift(() => browser.close())
	const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } })
	await logIn(page, n8n)
	if (only !== 'examples') await takePanels(page, n8n, credential)
	await takeExamples(page, n8n, credential)
}

const only = process.argv[2]

try {
	if (only !== 'pages') await takeAll()
	if (only !== 'examples') await photographPages()
} finally {
	for (const stop of stops) await stop()
	rmSync(home, { recursive: true, force: true })
}
