import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import sharp from 'sharp'
import { startSandbox, type Sandbox } from '../../gateway/src/sandbox/index.ts'
import { startGateway, type Gateway } from '../support/gateway-process.ts'
import { installN8n, outputOf, startN8n, type Execution, type N8n } from '../support/n8n.ts'
import type { Workflow, WorkflowDraft } from '../support/n8n.ts'
import { packNodes } from '../support/pack.ts'
import { ROOT } from '../support/paths.ts'
import { freePort } from '../support/ports.ts'
import { until } from '../support/wait.ts'
import { asking, exampleWith, listening, type Using } from './asking.ts'

const SESSION = 'main'
const SHOP = '491700000001'
const ANNA = '491700000002'
const INSTALLING = 900_000
const PATIENCE = { timeout: 90_000 }

describe('The trigger in a real n8n', { timeout: INSTALLING }, () => {
	const home = mkdtempSync(join(tmpdir(), 'never-miss-'))
	let ports: number[]
	let tarball: string
	let sandbox: Sandbox
	let gateway: Gateway
	let n8n: N8n
	let using: Using
	let starts = 0

	const log = (name: string) => join(home, `${name}-${++starts}.log`)
	const runGateway = async () =>
		(gateway = await startGateway({
			dataDir: join(home, 'data'),
			log: log('gateway'),
			port: ports[0]!,
			sandbox: sandbox.wsUrl.replace('ws:', 'http:').replace('/ws/chat', ''),
		}))
	const runN8n = async () =>
		(n8n = await startN8n({ home: join(home, 'n8n'), tarball, log: log('n8n'), port: ports[1]! }))

	before(async () => {
		await installN8n(console.log)
		tarball = (await packNodes()).tarball
		sandbox = await startSandbox({ servesControl: true })
		ports = [await freePort(), await freePort()]
		await runGateway()
		await gateway.person(SHOP, 'Our shop')
		await gateway.person(ANNA, 'Anna')
		await gateway.link(SESSION, SHOP)
		await runN8n()
		const access = { baseUrl: gateway.url, apiKey: gateway.adminKey, headerName: 'X-API-Key' }
		const credential = await n8n.createCredential('Gateway', 'whatsAppGatewayApi', access)
		using = { session: SESSION, credential }
	})

	after(async () => {
		await Promise.allSettled([n8n?.stop(), gateway?.stop()])
		await sandbox?.close()
		rmSync(home, { recursive: true })
	})

	async function activated(draft: WorkflowDraft | Workflow): Promise<Workflow> {
		const workflow = 'id' in draft ? draft : await n8n.createWorkflow(draft)
		await n8n.activate(workflow)
		const id = workflow.nodes[0]!.webhookId!
		const { url } = await until('the trigger is registered', async () =>
			(await gateway.webhooks(SESSION)).find(({ url }) => url.includes(id)),
		)
		await n8n.live(url)
		return workflow
	}

	async function deactivated(workflow: Workflow) {
		await n8n.deactivate(workflow)
		await until('no webhook is left', async () => !(await gateway.webhooks(SESSION)).length)
	}

	/** The first execution first. */
	async function runsOf(workflow: Workflow): Promise<Execution[]> {
		const found = await n8n.executions(workflow)
		const ids = found.map(({ id }) => Number(id)).sort((a, b) => a - b)
		return Promise.all(ids.map((id) => n8n.execution(String(id))))
	}

	const textsOf = (runs: Execution[]) =>
		runs.flatMap((run) => outputOf(run, 'Trigger').map(({ json }) => json.text))

	/** Resolves with what ran when every text has been handled. */
	const handled = (workflow: Workflow, texts: string[]): Promise<Execution[]> =>
		until(
			`all ${texts.length} messages are handled`,
			async () => {
				const found = await n8n.executions(workflow)
				const ended = found.filter(({ status }) => ['success', 'crashed'].includes(status))
				if (ended.length < texts.length) return false
				const runs = await runsOf(workflow)
				const seen = textsOf(runs)
				return texts.every((text) => seen.includes(text)) && runs
			},
			PATIENCE,
		)

	const numbered = (what: string, count: number) =>
		Array.from({ length: count }, (_, n) => `${what} ${n}`)

	const isLogged = (texts: string[]) =>
		until('the gateway has them', async () => {
			const path = `/api/v1/sessions/${SESSION}/events?limit=1000`
			const { events } = await gateway.request<{ events: { data: { text?: string } }[] }>(
				'GET',
				path,
			)
			const known = events.map(({ data }) => data.text)
			return texts.every((text) => known.includes(text))
		})

	it('brings what came while the workflow was inactive: 50 messages, 50 executions, in order', async () => {
		const workflow = await activated(listening('Catch up', using))
		await gateway.says(ANNA, SHOP, 'first')
		await handled(workflow, ['first'])
		await deactivated(workflow)
		const texts = numbered('missed', 50)
		for (const text of texts) await gateway.says(ANNA, SHOP, text)
		await isLogged(texts)
		await activated(workflow)
		const runs = await handled(workflow, texts)
		assert.deepEqual(textsOf(runs), ['first', ...texts])
		assert.equal(runs.length, 51)
		const [item] = outputOf(runs[1]!, 'Trigger')
		const { chat_id, phone, sender_name, chat_kind, type, from_me, event } = item!.json
		assert.deepEqual(
			{ chat_id, phone, sender_name, chat_kind, type, from_me, event },
			{
				chat_id: `${ANNA}@s.whatsapp.net`,
				phone: ANNA,
				sender_name: 'Anna',
				chat_kind: 'direct',
				type: 'text',
				from_me: false,
				event: 'message.received',
			},
		)
		await deactivated(workflow)
	})

	it('begins with what is new when it is not to catch up', async () => {
		const workflow = await activated(listening('No past', using, { catchUp: 'off' }))
		await deactivated(workflow)
		await gateway.says(ANNA, SHOP, 'nobody listens')
		await isLogged(['nobody listens'])
		await activated(workflow)
		await gateway.says(ANNA, SHOP, 'somebody listens')
		const runs = await handled(workflow, ['somebody listens'])
		assert.deepEqual(textsOf(runs), ['somebody listens'])
		await deactivated(workflow)
	})

	it('puts the file of a message into a binary field, unless it is too large', async () => {
		const draft = listening('Files', using, { downloadMedia: true, maxMegabytes: 1 })
		const workflow = await activated(draft)
		const size = { width: 96, height: 64, channels: 3, background: 'red' } as const
		const picture = await sharp({ create: size }).png().toBuffer()
		const image = { data: picture.toString('base64'), mimetype: 'image/png' }
		const path = `/sandbox/phones/${ANNA}/messages`
		await gateway.request('POST', path, { to: SHOP, image, caption: 'a picture' })
		const [run] = await handled(workflow, ['a picture'])
		const [item] = outputOf(run!, 'Trigger')
		assert.equal(item?.binary?.data?.mimeType, 'image/png')
		assert.equal(item?.json.type, 'image')
		assert.equal(item?.json.media_error, undefined)
		const large = { data: Buffer.alloc(1_200_000, 7).toString('base64'), mimetype: 'image/png' }
		await gateway.request('POST', path, { to: SHOP, image: large, caption: 'large' })
		const runs = await handled(workflow, ['a picture', 'large'])
		const [other] = outputOf(runs.at(-1)!, 'Trigger')
		assert.equal(other?.json.media_error, 'Larger than 1 MB')
		assert.equal(other?.binary, undefined)
		await deactivated(workflow)
	})

	it('makes one item of what a person writes in a row', async () => {
		const draft = listening('Bursts', using, { combine: true, quietSeconds: 1 })
		const workflow = await activated(draft)
		for (const text of ['hello', 'are you open', 'on Sunday?']) await gateway.says(ANNA, SHOP, text)
		const runs = await handled(workflow, ['hello\nare you open\non Sunday?'])
		assert.equal(runs.length, 1)
		const [item] = outputOf(runs[0]!, 'Trigger')
		assert.equal((item?.json.messages as unknown[]).length, 3)
		await deactivated(workflow)
	})

	it('goes on with the vote of the person who was asked, as in the example, also after both were restarted', async () => {
		const workflow = await activated(
			exampleWith(
				using,
				JSON.parse(readFileSync(join(ROOT, 'docs/examples/ask-and-wait.json'), 'utf8')),
			),
		)
		const since = await gateway.newest(ANNA)
		await gateway.says(ANNA, SHOP, 'a delivery')
		const poll = await gateway.receives(ANNA, since)
		await until('it waits', async () => (await n8n.executions(workflow))[0]?.status === 'waiting')
		await Promise.all([n8n.stop(), gateway.stop()])
		await Promise.all([runGateway(), runN8n()])
		await gateway.link(SESSION, SHOP)
		await gateway.request('POST', `/sandbox/phones/${ANNA}/vote`, {
			id: poll.id,
			options: ['Friday'],
		})
		const confirmed = await gateway.receives(ANNA, poll.seq)
		assert.equal(confirmed.text, 'Until Friday!')
		const run = await n8n.waitForExecution(workflow)
		assert.equal(run.status, 'success')
		const [{ json }] = outputOf(run, 'Ask for the day') as [{ json: Record<string, unknown> }]
		assert.deepEqual(
			[json.answered, json.answer, json.question, json.phone, json.event],
			[true, 'Friday', poll.id, ANNA, 'poll.vote'],
		)
		await until('only the trigger is left', async () => {
			return (await gateway.webhooks(SESSION)).length === 1
		})
		await deactivated(workflow)
	})

	it('takes what is written in the chat for the answer, but not what quotes something else', async () => {
		const workflow = await activated(asking('delivery', using, { question: 'When?' }))
		const since = await gateway.newest(ANNA)
		await gateway.says(ANNA, SHOP, 'a delivery please')
		const question = await gateway.receives(ANNA, since)
		const reply = (text: string, to?: string) =>
			gateway.request('POST', `/sandbox/phones/${ANNA}/messages`, {
				to: SHOP,
				text,
				...(to && { reply_to: to }),
			})
		const { messages } = await gateway.request<{ messages: { id: string; text?: string }[] }>(
			'GET',
			`/sandbox/phones/${ANNA}/messages?after=0`,
		)
		const earlier = messages.find(({ id }) => id !== question.id)!
		await reply('about something else', earlier.id)
		await reply('tomorrow')
		const run = await n8n.waitForExecution(workflow)
		const [item] = outputOf(run, 'Ask')
		assert.deepEqual([item?.json.answered, item?.json.answer], [true, 'tomorrow'])
		await deactivated(workflow)
	})

	it('goes on without an answer when the time is over', async () => {
		const question = { question: 'Anybody?', waitAmount: 2, waitUnit: 'seconds' }
		const workflow = await activated(asking('silence', using, question))
		await gateway.says(ANNA, SHOP, 'silence')
		const run = await n8n.waitForExecution(workflow)
		const [item] = outputOf(run, 'Ask')
		assert.deepEqual([item?.json.answered, item?.json.answer], [false, null])
		await deactivated(workflow)
	})

	it('handles every message once when n8n, or the gateway, is killed among them', async () => {
		const workflow = await activated(listening('Kills', using))
		const texts = numbered('during kills', 60)
		const say = async (from: number, to: number) => {
			for (const text of texts.slice(from, to)) await gateway.says(ANNA, SHOP, text)
		}
		await say(0, 15)
		await n8n.kill()
		await say(15, 30)
		await runN8n()
		await say(30, 45)
		await gateway.kill()
		await runGateway()
		await gateway.link(SESSION, SHOP)
		await say(45, 60)
		const runs = await handled(workflow, texts)
		const seen = textsOf(runs)
		assert.deepEqual([...seen].sort(), [...texts].sort())
		assert.equal((await gateway.webhooks(SESSION)).length, 1, 'one webhook, as before')
		await deactivated(workflow)
	})
})
