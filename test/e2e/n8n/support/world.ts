import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '../../../../gateway/src/sandbox/index.ts'
import { startGateway, type Gateway } from '../../../support/gateway-process.ts'
import {
	installN8n,
	outputOf,
	startN8n,
	waitingFor,
	type Execution,
	type N8n,
} from '../../../support/n8n.ts'
import type { Workflow, WorkflowDraft } from '../../../support/n8n.ts'
import { packNodes } from '../../../support/pack.ts'
import { freePort } from '../../../support/ports.ts'
import { until } from '../../../support/wait.ts'
import { example, type Using } from './asking.ts'

export const SESSION = 'main'
export const SHOP = '491700000001'
export const ANNA = '491700000002'
export const INSTALLING = 900_000
const PATIENCE = { timeout: 90_000 }

export type World = Awaited<ReturnType<typeof openWorld>>

/** A real n8n and a gateway, each of which can be started anew, and a shop whose customer is Anna. */
export async function openWorld({ business = false } = {}) {
	await installN8n(console.log)
	const { tarball } = await packNodes()
	const home = mkdtempSync(join(tmpdir(), 'never-miss-'))
	const sandbox = await startSandbox({ servesControl: true })
	const ports = { gateway: await freePort(), n8n: await freePort() }
	let starts = 0
	const log = (name: string) => join(home, `${name}-${++starts}.log`)

	const startOwnGateway = (): Promise<Gateway> =>
		startGateway({
			dataDir: join(home, 'data'),
			log: log('gateway'),
			port: ports.gateway,
			sandbox: sandbox.wsUrl.replace('ws:', 'http:').replace('/ws/chat', ''),
		})
	const startOwnN8n = (env: Record<string, string> = {}): Promise<N8n> =>
		startN8n({ home: join(home, 'n8n'), tarball, log: log('n8n'), port: ports.n8n, env })

	const gateway = await startOwnGateway()
	await gateway.person(SHOP, 'Our shop', { business })
	await gateway.person(ANNA, 'Anna')
	await gateway.link(SESSION, SHOP)
	const n8n = await startOwnN8n()
	const credential = await n8n.createCredential('Gateway', 'whatsAppGatewayApi', {
		baseUrl: gateway.url,
		apiKey: gateway.adminKey,
		headerName: 'X-API-Key',
	})
	const using: Using = { session: SESSION, credential }

	const webhooks = () => world.gateway.webhooks(SESSION)

	const active = new Set<Workflow>()

	/** Waits until every trigger listens. */
	async function activated(draft: WorkflowDraft | Workflow): Promise<Workflow> {
		const workflow = 'id' in draft ? draft : await world.n8n.createWorkflow(draft)
		await world.n8n.activate(workflow)
		active.add(workflow)
		const triggers = workflow.nodes.filter(({ type }) => type.endsWith('whatsAppGatewayTrigger'))
		for (const { name, webhookId } of triggers) {
			const { url } = await until(`${name} is registered`, async () =>
				(await webhooks()).find(({ url }) => url.includes(webhookId!)),
			)
			await world.n8n.live(url)
		}
		return workflow
	}

	async function deactivated(workflow: Workflow) {
		active.delete(workflow)
		await world.n8n.deactivate(workflow)
		await until('no webhook is left', async () => !(await webhooks()).length)
	}

	/** So that no test hears what the next one says. */
	const tidy = async () => {
		for (const workflow of active) await deactivated(workflow)
	}

	/** The first execution first. */
	async function runsOf(workflow: Workflow): Promise<Execution[]> {
		const found = await world.n8n.executions(workflow)
		const ids = found.map(({ id }) => Number(id)).sort((a, b) => a - b)
		return Promise.all(ids.map((id) => world.n8n.execution(String(id))))
	}

	/** Resolves with what ran when as many executions as there are texts have ended, and have all of these. */
	const handled = (workflow: Workflow, texts: string[]): Promise<Execution[]> =>
		until(
			`all ${texts.length} messages are handled`,
			async () => {
				const found = await world.n8n.executions(workflow)
				const ended = found.filter(({ status }) => ['success', 'crashed'].includes(status))
				if (ended.length < texts.length) return false
				const runs = await runsOf(workflow)
				const seen = [...textsOf(runs), ...storedOnly(runs)]
				return texts.every((text) => seen.includes(text)) && runs
			},
			PATIENCE,
		)

	/** What a trigger called `Votes` has handed on, in its order. */
	async function votesIn(workflow: Workflow) {
		const runs = await runsOf(workflow)
		return runs.flatMap((run) => outputOf(run, 'Votes').map(({ json }) => json))
	}

	const world = {
		/** Where workflows may write files. */
		folder: join(home, 'n8n'),
		using,
		gateway,
		n8n,
		webhooks,
		activated,
		deactivated,
		tidy,
		runsOf,
		votesIn,
		handled,
		async restartGateway() {
			world.gateway = await startOwnGateway()
			await world.gateway.link(SESSION, SHOP)
		},
		async restartN8n(env?: Record<string, string>) {
			world.n8n = await startOwnN8n(env)
		},
		/** Somebody's phone sends something else than a text. */
		sends: (phone: string, message: object) =>
			world.gateway.request('POST', `/sandbox/phones/${phone}/messages`, message),
		votes: (phone: string, poll: string, options: string[]) =>
			world.gateway.request('POST', `/sandbox/phones/${phone}/vote`, { id: poll, options }),
		/** Runs the example `ask-and-wait` up to its question to Anna. @returns the poll that asks her */
		async asksAnna() {
			const workflow = await activated(example('ask-and-wait', using))
			const since = await world.gateway.newest(ANNA)
			await world.gateway.says(ANNA, SHOP, 'a delivery')
			const poll = await world.gateway.receives(ANNA, since)
			await until(
				'it waits',
				async () => (await world.n8n.executions(workflow))[0]?.status === 'waiting',
			)
			return { workflow, poll }
		},
		/** Waits until the gateway knows of all these texts. */
		isLogged: (texts: string[]) =>
			until('the gateway has them', async () => {
				const path = `/api/v1/sessions/${SESSION}/events?limit=1000`
				const { events } = await world.gateway.request<{
					events: { data: { text?: string } }[]
				}>('GET', path)
				const known = events.map(({ data }) => data.text)
				return texts.every((text) => known.includes(text))
			}),
		async close() {
			await Promise.allSettled([world.n8n.stop(), world.gateway.stop()])
			await sandbox.close()
			rmSync(home, { recursive: true })
		},
	}
	return world
}

/** The texts that a trigger called `Trigger` has handed on. */
export const textsOf = (runs: Execution[]) =>
	runs.flatMap((run) => outputOf(run, 'Trigger').map(({ json }) => json.text))

/** The texts of executions that ended before their trigger began. */
export const storedOnly = (runs: Execution[]) =>
	runs
		.filter((run) => run.status === 'crashed' && !outputOf(run, 'Trigger').length)
		.flatMap((run) => waitingFor(run, 'Trigger'))
		.map(({ json }) => (json.data as { text?: string }).text)

export const numbered = (what: string, count: number) =>
	Array.from({ length: count }, (_, n) => `${what} ${n}`)
