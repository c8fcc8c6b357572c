import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox, type Phone } from '../../gateway/src/sandbox/index.ts'
import { ROOT } from '../support/paths.ts'
import { noSettings } from '../support/no-settings.ts'
import { freePort } from '../support/ports.ts'
import { until } from '../support/wait.ts'

const ADMIN_KEY = 'only-for-a-gateway-that-is-measured'

/** A gateway as a process of its own that can be inspected, linked to a simulated WhatsApp, and ten people. */
export async function measuredGateway() {
	const sandbox = await startSandbox({ servesControl: true })
	const shop = sandbox.phone('491700000001', { name: 'Shop' })
	const people = Array.from({ length: 10 }, (_, n) => sandbox.phone(`90532000000${n}`))
	const dataDir = await mkdtemp(join(tmpdir(), 'soak-'))
	const port = await freePort()
	const sandboxUrl = sandbox.wsUrl.replace('ws:', 'http:').replace('/ws/chat', '')
	const program = [join(ROOT, 'gateway/src/main.ts'), `--sandbox=${sandboxUrl}`]
	const gateway = spawn(process.execPath, ['--inspect=127.0.0.1:0', ...program], {
		env: {
			...process.env,
			...noSettings,
			PORT: String(port),
			DATA_DIR: dataDir,
			ADMIN_KEY,
			LOG_LEVEL: 'warn',
			RATE_LIMIT: '0',
		},
		stdio: ['ignore', 'ignore', 'pipe'],
	})
	const inspectorUrl = new Promise<string>((resolve) => {
		gateway.stderr.on('data', (data: Buffer) => {
			const [url] = /ws:\/\/\S+/.exec(data.toString()) ?? []
			if (url) resolve(url)
			else process.stderr.write(data)
		})
	})

	async function request(method: string, path: string, body?: object) {
		const response = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			headers: { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' },
			...(body && { body: JSON.stringify(body) }),
		})
		return { status: response.status, body: (await response.json()) as any }
	}

	await until('the gateway answers', () => request('GET', '/health').catch(() => undefined))
	await request('POST', '/api/v1/sessions', { id: 'main' })
	shop.scans((await request('GET', '/api/v1/sessions/main/qr')).body.qr)
	const view = async () => (await request('GET', '/api/v1/sessions/main')).body
	await until('the session is open', async () => (await view()).status === 'open')
	return {
		gateway,
		people,
		shop,
		dataDir,
		inspectorUrl,
		async send(to: Phone, text: string): Promise<void> {
			const body = { to: to.account.phone, text }
			const { status } = await request('POST', '/api/v1/sessions/main/messages/text', body)
			if (status !== 200) throw new Error(`status ${status}`)
		},
		async close() {
			gateway.kill('SIGTERM')
			await once(gateway, 'exit')
			await sandbox.close()
			await rm(dataDir, { recursive: true })
		},
	}
}
