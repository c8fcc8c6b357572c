import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { startGateway, type Gateway } from '../../support/gateway-process.ts'
import {
	installN8n,
	outputOf,
	startN8n,
	type Credential,
	type N8n,
	type Workflow,
	type WorkflowDraft,
	type WorkflowNode,
} from '../../support/n8n.ts'
import { packNodes } from '../../support/pack.ts'
import { installGateway } from '../../support/packed-gateway.ts'
import { ROOT } from '../../support/paths.ts'
import { until } from '../../support/wait.ts'
import { startCuttingProxy } from './support/cutting-proxy.ts'
import { startSigningGateway, type Signed } from './support/signing-gateway.ts'

const SESSION = 'main'
const OUR_PHONE = '491700000001'
const ANNA = '491700000002'
const CREDENTIAL_TYPE = 'whatsAppGatewayApi'
const INSTALLING = 900_000

const example = (): WorkflowDraft =>
	JSON.parse(readFileSync(join(ROOT, 'docs/examples/answer-hello.json'), 'utf8'))

describe('A real n8n with both packages', { timeout: INSTALLING }, () => {
	const home = mkdtempSync(join(tmpdir(), 'round-trip-'))
	let gateway: Gateway
	let n8n: N8n
	let credential: Credential
	let access: { baseUrl: string; apiKey: string; headerName: string }

	before(async () => {
		await installN8n(console.log)
		const { tarball } = await packNodes()
		const cwd = join(home, 'gateway')
		gateway = await startGateway({
			program: [await installGateway(cwd)],
			cwd,
			dataDir: join(home, 'data'),
			log: join(home, 'gateway.log'),
		})
		await gateway.person(OUR_PHONE, 'Our shop')
		await gateway.person(ANNA, 'Anna')
		await gateway.link(SESSION, OUR_PHONE)
		n8n = await startN8n({ home: join(home, 'n8n'), tarball, log: join(home, 'n8n.log') })
		access = { baseUrl: gateway.url, apiKey: gateway.adminKey, headerName: 'X-API-Key' }
		credential = await n8n.createCredential('Gateway', CREDENTIAL_TYPE, access)
	})

	after(async () => {
		await Promise.allSettled([n8n?.stop(), gateway?.stop()])
		rmSync(home, { recursive: true })
	})

	const withCredential = (node: WorkflowNode, { id, name } = credential): WorkflowNode => ({
		...node,
		credentials: { [CREDENTIAL_TYPE]: { id, name } },
	})

	const importExample = async (): Promise<Workflow> => {
		const draft = example()
		return n8n.createWorkflow({ ...draft, nodes: draft.nodes.map((node) => withCredential(node)) })
	}

	const activate = async (workflow: Workflow): Promise<void> => {
		await n8n.activate(workflow)
		const [webhook] = await until('the trigger is registered', async () => {
			const webhooks = await gateway.webhooks(SESSION)
			return webhooks.length > 0 && webhooks
		})
		assert.ok(webhook)
		await n8n.live(webhook.url)
	}

	const deactivate = async (workflow: Workflow): Promise<void> => {
		await n8n.deactivate(workflow)
		await until(
			'the trigger is removed',
			async () => (await gateway.webhooks(SESSION)).length === 0,
		)
	}

	/** An active trigger whose deliveries the test makes and signs itself. */
	async function triggerOfSigningGateway(name: string) {
		const signing = await startSigningGateway()
		const own = { ...access, baseUrl: signing.url }
		const other = await n8n.createCredential(name, CREDENTIAL_TYPE, own)
		const [trigger] = example().nodes
		assert.ok(trigger)
		const nodes = [withCredential(trigger, other)]
		const workflow = await n8n.createWorkflow({ name, nodes, connections: {} })
		await n8n.activate(workflow)
		const hook = await until('the trigger is registered', () => signing.hooks[0])
		await n8n.live(hook.url)
		// n8n serves the address before it has saved the secret; a gateway tries again.
		const unsigned = { body: '{}', headers: { 'content-type': 'application/json' } }
		await until('n8n knows the secret', async () => {
			const { body } = await signing.post(hook, unsigned)
			return !JSON.stringify(body).includes('not registered')
		})

		async function close() {
			await n8n.deactivate(workflow)
			await until('the trigger is removed', () => signing.hooks.length === 0)
			await signing.stop()
		}

		return { signing, hook, workflow, trigger, close }
	}

	/** Send alone, started by hand with these items. */
	async function sendOnce(
		parameters: object,
		using = credential,
		items: { json: Record<string, unknown> }[] = [{ json: {} }],
		settings: Partial<WorkflowNode> = {},
	) {
		const [, sender] = example().nodes
		assert.ok(sender)
		const start: WorkflowNode = {
			id: crypto.randomUUID(),
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		}
		const values = {
			...sender.parameters,
			session: { __rl: true, mode: 'id', value: SESSION },
			to: { __rl: true, mode: 'phone', value: ANNA },
			text: 'hello',
			...parameters,
		}
		const workflow = await n8n.createWorkflow({
			name: 'Send once',
			nodes: [start, withCredential({ ...sender, ...settings, parameters: values }, using)],
			connections: { Start: { main: [[{ node: sender.name, type: 'main', index: 0 }]] } },
			pinData: { Start: items },
		})
		return n8n.run(workflow, 'Start')
	}

	async function failure(parameters: object, using = credential) {
		const execution = await sendOnce(parameters, using)
		assert.equal(execution.status, 'error')
		const { message = '', description = '', httpCode } = execution.data.resultData.error ?? {}
		return { message, description, httpCode }
	}

	it('shows all nodes and a tool for agents, with icons', async () => {
		const types = (await n8n.nodeTypes()).filter(({ name }) =>
			name.startsWith('n8n-nodes-whatsapp-gateway.'),
		)
		assert.deepEqual(types.map(({ displayName }) => displayName).sort(), [
			'WhatsApp Send',
			'WhatsApp Send Tool',
			'WhatsApp Send and Wait',
			'WhatsApp Trigger',
		])
		for (const { iconUrl } of types) {
			assert.ok(typeof iconUrl === 'object')
			assert.match(await n8n.icon(iconUrl.light), /^<svg/)
			assert.match(await n8n.icon(iconUrl.dark), /^<svg/)
		}
	})

	it('says whether the credential works', async () => {
		const good = await n8n.testCredential(credential, access)
		assert.equal(good.status, 'OK')
		const wrong = await n8n.testCredential(credential, { ...access, apiKey: 'wrong' })
		assert.equal(wrong.status, 'Error')
		assert.match(wrong.message, /does not accept this API key/)
		// Others answer with 200 to whatever they are asked.
		const other = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1')
		await once(other, 'listening')
		const baseUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
		const stranger = await n8n.testCredential(credential, { ...access, baseUrl })
		other.close()
		assert.equal(stranger.status, 'Error')
		assert.match(stranger.message, /is not a WhatsApp gateway/)
	})

	it('lists the sessions of the gateway to pick from', async () => {
		const [trigger] = example().nodes
		assert.ok(trigger)
		const node = withCredential(trigger)
		const { results } = await n8n.listSearch(node, 'session', 'searchSessions')
		assert.deepEqual(
			results.map(({ value }) => value),
			[SESSION],
		)
		assert.match(results[0]?.name ?? '', new RegExp(`${OUR_PHONE}, open`))
	})

	it('answers a message of a person through the example workflow', async () => {
		const workflow = await importExample()
		await activate(workflow)
		const before = await gateway.newest(ANNA)
		await gateway.says(ANNA, OUR_PHONE, 'hello')
		const answer = await gateway.receives(ANNA, before)
		assert.equal(answer.text, 'Hello Anna, n8n got your message: hello')

		const execution = await n8n.waitForExecution(workflow)
		const [event] = outputOf(execution, 'WhatsApp Trigger')
		assert.equal(event?.json.event, 'message.received')
		assert.equal(event?.json.session, SESSION)
		const [sent] = outputOf(execution, 'WhatsApp Send')
		assert.equal(sent?.json.message_id, answer.id)
		await deactivate(workflow)
	})

	it('registers its webhook once, and again after it was removed', async () => {
		const workflow = await importExample()
		await activate(workflow)
		const [first, ...more] = await gateway.webhooks(SESSION)
		assert.deepEqual(first?.events, ['message.received'])
		assert.deepEqual(more, [])
		await deactivate(workflow)
		await activate(workflow)
		const [second] = await gateway.webhooks(SESSION)
		assert.equal(second?.url, first?.url)
		await deactivate(workflow)
	})

	it('starts nothing for a delivery that is forged, stale, unsigned or altered', async () => {
		const { signing, hook, workflow, close } = await triggerOfSigningGateway('Forged')

		const event = { id: 'evt_1', type: 'message.received', data: { text: 'h\u00e9' } }
		const genuine = signing.sign(event)
		const { body, headers } = genuine
		const hours = (count: number) => Math.floor(Date.now() / 1000) + count * 3600
		const forgeries: Record<string, Signed> = {
			'another secret': { body, headers: { ...headers, 'webhook-signature': 'v1,Zm9yZ2Vk' } },
			'an old time': signing.sign(event, hours(-1)),
			'a time to come': signing.sign(event, hours(1)),
			'another time than was signed': {
				body,
				headers: { ...headers, 'webhook-timestamp': String(hours(0) - 1) },
			},
			'another id': { body, headers: { ...headers, 'webhook-id': 'evt_2' } },
			'another text': { body: body.replace('é', 'e'), headers },
			'the same JSON in other bytes': {
				body: JSON.stringify(JSON.parse(body), null, 1),
				headers,
			},
			'no signature': { body, headers: { 'content-type': 'application/json' } },
		}
		for (const [what, forged] of Object.entries(forgeries))
			assert.equal((await signing.post(hook, forged)).status, 401, what)
		assert.deepEqual(await n8n.executions(workflow), [])
		assert.equal((await signing.post(hook, genuine)).status, 200)
		await n8n.waitForExecution(workflow)

		await close()
	})

	it('runs once for an event that is delivered twice', async () => {
		const { signing, hook, workflow, trigger, close } = await triggerOfSigningGateway('Repeats')

		const event = { id: 'evt_1', type: 'message.received', data: { text: 'h\u00e9' } }
		const accepted = { status: 200, body: { received: true } }
		assert.deepEqual(await signing.deliver(hook, event), accepted)
		const first = await n8n.waitForExecution(workflow)
		assert.deepEqual(
			outputOf(first, trigger.name).map(({ json }) => json.event_id),
			[event.id],
		)
		assert.deepEqual(await signing.deliver(hook, event), accepted)
		const second = await n8n.waitForExecution(workflow, [first])
		assert.equal(second.status, 'success')
		assert.deepEqual(outputOf(second, trigger.name), [])

		await close()
	})

	it('starts a test run from the editor by the same message, beside the active workflow', async () => {
		const workflow = await importExample()
		await activate(workflow)
		const [production] = await gateway.webhooks(SESSION)
		await n8n.listen(workflow, 'WhatsApp Trigger')
		const [kept, test, ...more] = await gateway.webhooks(SESSION)
		assert.equal(kept?.id, production?.id)
		assert.match(test?.url ?? '', /webhook-test/)
		assert.deepEqual(more, [])

		await gateway.says(ANNA, OUR_PHONE, 'is this on?')
		const modes = await until('both have run', async () => {
			const found = (await n8n.executions(workflow)).map(({ mode }) => mode)
			return found.length === 2 && found.sort()
		})
		assert.deepEqual(modes, ['manual', 'webhook'])
		const left = async () => (await gateway.webhooks(SESSION)).map(({ id }) => id)
		await until('the test webhook is removed', async () => (await left()).length === 1)
		assert.deepEqual(await left(), [production!.id])
		await deactivate(workflow)
	})

	it('brings the items of a run to the chat in their order, ten times out of ten', async () => {
		for (let run = 0; run < 10; run++) {
			const before = await gateway.newest(ANNA)
			const items = Array.from({ length: 20 }, (_, n) => ({ json: { n } }))
			const text = `=run ${run} item {{ $json.n }}`
			const execution = await sendOnce({ text }, credential, items)
			assert.equal(execution.status, 'success')
			const arrived = await until('all have arrived', async () => {
				const messages = await gateway.received(ANNA, before)
				return messages.length === 20 && messages
			})
			assert.deepEqual(
				arrived.map((message) => message.text),
				items.map(({ json: { n } }) => `run ${run} item ${n}`),
			)
		}
	})

	it('sends nothing twice when every send loses its answer and n8n tries the node again', async () => {
		const proxy = await startCuttingProxy(gateway.url)
		const other = await n8n.createCredential('Cut off', CREDENTIAL_TYPE, {
			...access,
			baseUrl: proxy.url,
		})
		const before = await gateway.newest(ANNA)
		const items = Array.from({ length: 200 }, (_, n) => ({ json: { n } }))
		const again = { retryOnFail: true, maxTries: 5, waitBetweenTries: 0 }
		const execution = await sendOnce({ text: '=cut {{ $json.n }}' }, other, items, again)
		assert.equal(execution.status, 'success', JSON.stringify(execution.data.resultData.error))
		assert.equal(proxy.cuts, 200)
		const arrived = await gateway.received(ANNA, before)
		assert.deepEqual(
			arrived.map(({ text }) => text).sort(),
			items.map(({ json: { n } }) => `cut ${n}`).sort(),
		)
		await proxy.stop()
	})

	it('explains a wrong API key', async () => {
		const wrong = { ...access, apiKey: 'wrong' }
		const other = await n8n.createCredential('Wrong', CREDENTIAL_TYPE, wrong)
		const { message, description, httpCode } = await failure({}, other)
		assert.equal(httpCode, '401')
		assert.match(`${message} ${description}`, /key/i)
	})

	it('explains an unknown session', async () => {
		const session = { __rl: true, mode: 'id', value: 'nobody' }
		const { message, description, httpCode } = await failure({ session })
		assert.equal(httpCode, '404')
		assert.match(`${message} ${description}`, /session/i)
	})

	it('explains a session that is not linked', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'unlinked' })
		const session = { __rl: true, mode: 'id', value: 'unlinked' }
		const { message, description, httpCode } = await failure({ session })
		assert.match(httpCode ?? '', /^(409|503)$/)
		assert.match(`${message} ${description}`, /link|scan/i)
	})

	it('explains a malformed number', async () => {
		const to = { __rl: true, mode: 'phone', value: '={{ "not a number" }}' }
		const { message, description, httpCode } = await failure({ to })
		assert.equal(httpCode, '400')
		assert.match(`${message} ${description}`, /number|recipient/i)
	})

	it('explains a gateway that cannot be reached', async () => {
		const nowhere = { ...access, baseUrl: 'http://127.0.0.1:1' }
		const other = await n8n.createCredential('Nowhere', CREDENTIAL_TYPE, nowhere)
		const { message } = await failure({}, other)
		assert.match(message, /does not answer/)
	})
})
