import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import sharp from 'sharp'
import { startGateway, type Gateway } from '../../support/gateway-process.ts'
import { installN8n, outputOf, startN8n, type Execution, type N8n } from '../../support/n8n.ts'
import { evolutionAnswer, evolutionOperations, wahaAnswer } from './support/moving-over.ts'

/** The node that users of Evolution API have. */
const EVOLUTION_NODE = 'n8n-nodes-evolution-api@1.0.4'
const SHOP = '491700000001'
const ANNA = '491700000002'
const INSTALLING = 900_000

/** Workflows that were built for other systems, in a real n8n; only the base URL and the key are others. */
describe('workflows for Evolution API and WAHA', { timeout: INSTALLING }, () => {
	const home = mkdtempSync(join(tmpdir(), 'moving-over-'))
	let gateway: Gateway
	let n8n: N8n
	let run: Execution
	let credential: Awaited<ReturnType<N8n['createCredential']>>
	let asked: number

	before(async () => {
		await installN8n(console.log)
		gateway = await startGateway({ dataDir: join(home, 'data'), log: join(home, 'gateway.log') })
		await gateway.person(SHOP, 'Our shop')
		await gateway.person(ANNA, 'Anna')
		await gateway.link('main', SHOP)
		const tarball = EVOLUTION_NODE
		n8n = await startN8n({ home: join(home, 'n8n'), tarball, log: join(home, 'n8n.log') })
		credential = await n8n.createCredential('Evolution', 'evolutionApi', {
			'server-url': gateway.url,
			apikey: gateway.adminKey,
		})
		asked = await gateway.newest(ANNA)
		const draft = evolutionOperations(credential, {
			to: ANNA,
			picture: (await picture()).toString('base64'),
			sound: sound(home).toString('base64'),
		})
		run = await n8n.run(await n8n.createWorkflow(draft), 'Start')
	})

	after(async () => {
		await Promise.allSettled([n8n?.stop(), gateway?.stop()])
		rmSync(home, { recursive: true })
	})

	it('accepts the credential of the Evolution node', async () => {
		const data = { 'server-url': gateway.url, apikey: gateway.adminKey }
		assert.equal((await n8n.testCredential(credential, data)).status, 'OK')
	})

	it('sends text, image, voice note and poll by the Evolution node', async () => {
		assert.equal(run.status, 'success', JSON.stringify(run.data?.resultData?.error))
		for (const name of ['Text', 'Image', 'Audio', 'Poll']) {
			const [item] = outputOf(run, name)
			assert.equal(item!.json.success, true, JSON.stringify(item!.json))
		}
		await gateway.receives(ANNA, asked, ({ text }) => text === 'Hello from the Evolution node')
		await gateway.receives(ANNA, asked, ({ message }) => message.imageMessage?.caption === 'Look')
		await gateway.receives(ANNA, asked, ({ message }) => message.audioMessage?.ptt === true)
		await gateway.receives(
			ANNA,
			asked,
			({ message }) => message.pollCreationMessageV3?.name === 'Colour?',
		)
	})

	it('lists groups, creates an instance and shows its QR code', () => {
		const [groups] = outputOf(run, 'Groups')
		assert.ok(Array.isArray(groups!.json.data))
		const [created] = outputOf(run, 'Create')
		assert.equal((created!.json.data as any).instance.instanceName, 'from-n8n')
		const [qr] = outputOf(run, 'QR')
		assert.match((qr!.json.data as any).base64, /^data:image\/png;base64,/)
	})

	it('answers by a workflow that reads body.data of Evolution API', async () => {
		const workflow = await n8n.createWorkflow(evolutionAnswer(credential, 'evolution'))
		await n8n.activate(workflow)
		await evolutionRequest('/webhook/set/main', {
			webhook: { enabled: true, url: `${n8n.url}/webhook/evolution`, events: ['MESSAGES_UPSERT'] },
		})
		const start = await gateway.newest(ANNA)
		await gateway.says(ANNA, SHOP, 'good morning')
		await gateway.receives(ANNA, start, ({ text }) => text === 'You said: good morning')
		await evolutionRequest('/webhook/set/main', { webhook: { enabled: false, url: 'vazio' } })
		await n8n.deactivate(workflow)
	})

	it('answers by a workflow that reads body.event and body.payload of WAHA', async () => {
		const workflow = await n8n.createWorkflow(wahaAnswer(gateway.url, gateway.adminKey, 'waha'))
		await n8n.activate(workflow)
		const url = `${n8n.url}/webhook/waha`
		await gateway.request('PUT', '/api/sessions/main', {
			config: { webhooks: [{ url, events: ['message', 'session.status'] }] },
		})
		await gateway.link('main', SHOP)
		const start = await gateway.newest(ANNA)
		await gateway.says(ANNA, SHOP, 'good evening')
		await gateway.receives(ANNA, start, ({ text }) => text === 'WAHA heard: good evening')
		await n8n.deactivate(workflow)
	})

	async function evolutionRequest(path: string, body: object): Promise<void> {
		const answer = await fetch(`${gateway.url}${path}`, {
			method: 'POST',
			headers: { apikey: gateway.adminKey, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		})
		assert.equal(answer.status, 201, await answer.text())
	}
})

const picture = () =>
	sharp({ create: { width: 96, height: 64, channels: 3, background: 'red' } })
		.png()
		.toBuffer()

/** A second of sound, as MP3. */
function sound(directory: string): Buffer {
	const path = join(directory, 'sound.mp3')
	const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1']
	execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...tone, path])
	return readFileSync(path)
}
