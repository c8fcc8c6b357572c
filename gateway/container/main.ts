// Runs when the containers start: makes the gateway and n8n ready for each other, says where they are, and ends.
// With SANDBOX it also lets a simulated person write, and shows what the example workflow answers.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ANNA, gatewayAt } from './gateway.ts'
import { n8nAt, type Credential, type Login } from './n8n.ts'

const {
	GATEWAY_URL = 'http://gateway:3000',
	N8N_URL = 'http://n8n:5678',
	KEYS = '/keys',
	SANDBOX,
	PORT = '3000',
	N8N_PORT = '5678',
} = process.env

const SESSION = 'main'
const CREDENTIAL = 'WhatsApp gateway'
const CONSOLE = `http://localhost:${PORT}/console`

const say = (...lines: string[]) => console.log(lines.join('\n'))

/** What a file of the volume with the keys says; `make` says it the first time. */
async function kept(name: string, make: () => string | Promise<string>): Promise<string> {
	const file = join(KEYS, name)
	if (!existsSync(file)) writeFileSync(file, await make(), { mode: 0o600 })
	return readFileSync(file, 'utf8').trim()
}

function newLogin(): string {
	// n8n wants a capital letter and a digit.
	const password = `N8n-${randomBytes(12).toString('base64url')}`
	return JSON.stringify({ email: 'owner@example.com', password } satisfies Login)
}

const isFirstStart = !existsSync(join(KEYS, 'n8n-owner.json'))
const adminKey = readFileSync(join(KEYS, 'admin-key'), 'utf8').trim()
const gateway = gatewayAt(GATEWAY_URL, adminKey)
const n8n = n8nAt(N8N_URL)

/** The credential of n8n, with a key that is good for one session of this gateway. */
async function connect(): Promise<Credential> {
	const file = SANDBOX ? 'n8n-key-sandbox' : 'n8n-key'
	const apiKey = await kept(file, () => gateway.newKey('n8n', SESSION))
	return n8n.saveCredential(CREDENTIAL, 'whatsAppGatewayApi', {
		baseUrl: GATEWAY_URL,
		apiKey,
		headerName: 'X-API-Key',
	})
}

/** Imports the example and activates it. */
async function answerHello(credential: Credential): Promise<void> {
	const file = join(import.meta.dirname, 'answer-hello.json')
	const draft = JSON.parse(readFileSync(file, 'utf8'))
	if (await n8n.findWorkflow(draft.name)) return
	const workflow = await n8n.createWorkflow(draft, credential)
	await n8n.activate(workflow)
	const [part = ''] = workflow.nodes.flatMap(({ webhookId }) => webhookId ?? [])
	await n8n.listensAt(await gateway.webhookWith(SESSION, part))
	const hello = 'Hello from the first start'
	say(`Anna writes:     ${hello}`)
	say(`The workflow:    ${await gateway.converse(hello)}`)
}

function explain(login: Login): void {
	say('', `n8n           http://localhost:${N8N_PORT}`)
	if (SANDBOX) say(`Anna's phone  ${CONSOLE}/phone/${ANNA}`)
	say(`Console       ${CONSOLE}`)
	if (!SANDBOX) say('', 'Next: link your number in the console, and build a workflow in n8n.')
	if (isFirstStart)
		say(
			'',
			'Made now and shown this once; the volume "keys" has them:',
			`  n8n                        ${login.email}, password ${login.password}`,
			`  console, phones and API    ${adminKey}`,
			'',
		)
	else say('Keys: shown at the first start, and kept in the volume "keys".', '')
}

if (SANDBOX) await gateway.openShop(SESSION)
const login = JSON.parse(await kept('n8n-owner.json', newLogin)) as Login
if (!(await n8n.hasOwner())) await n8n.makeOwner(login)
await n8n.login(login)
const credential = await connect()
if (SANDBOX) await answerHello(credential)
explain(login)
