// What compose.yaml runs with the profile `cluster`, as processes of this machine: three gateways behind nginx.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { textOf } from '../../../gateway/src/sandbox/phone/inbox.ts'
import { clientRequest } from '../../support/client-request.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { ADMIN_KEY } from '../../support/gateway-process.ts'
import { ROOT } from '../../support/paths.ts'
import { freePort } from '../../support/ports.ts'
import { until } from '../../support/wait.ts'
import { openClusterWorld } from './support/world.ts'

/** `SESSIONS=100` measures what `docs/running-it-larger.md` says. */
const SESSIONS = Number(process.env.SESSIONS ?? 6)
const SENDS = 30
/** Answers after which a client asks again, with the same key. */
const AGAIN = [502, 503, 504]

/** nginx with the file of the docs, and other addresses. */
async function openBalancer(t: TestContext, ports: number[]): Promise<string> {
	const home = await temporaryDirectory(t)
	const port = await freePort()
	const documented = await readFile(join(ROOT, 'docs/running/nginx-gateways.conf'), 'utf8')
	const site = ports
		.reduce(
			(text, own, at) => text.replace(`gateway-${at + 1}:3000`, `127.0.0.1:${own}`),
			documented,
		)
		.replace('listen 3000;', `listen 127.0.0.1:${port};`)
	assert.doesNotMatch(site, /gateway-\d/)
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(name) => `${name}_temp_path ${home}/${name};`,
	)
	const around = ['access_log off;', ...temporary, 'include site.conf;']
	const main = ['daemon off;', 'master_process off;', `pid ${home}/pid;`, 'events {}']
	await writeFile(join(home, 'site.conf'), site)
	await writeFile(join(home, 'main.conf'), [...main, 'http {', ...around, '}'].join('\n'))
	const args = ['-e', 'stderr', '-p', home, '-c', join(home, 'main.conf')]
	const nginx = spawn('nginx', args, { stdio: 'ignore' })
	atEnd(t, async () => {
		if (nginx.exitCode === null && nginx.kill('SIGTERM')) await once(nginx, 'exit')
	})
	const url = `http://127.0.0.1:${port}`
	await until('nginx answers', () =>
		fetch(`${url}/health`).then(
			({ ok }) => ok,
			() => false,
		),
	)
	return url
}

test('behind a balancer any gateway takes any request, also while each of three is replaced', async (t) => {
	const world = await openClusterWorld(t)
	const nodes = [await world.start(), await world.start(), await world.start()]
	const portOf = ({ url }: { url: string }) => Number(new URL(url).port)
	const url = await openBalancer(t, nodes.map(portOf))
	const ask = async (method: string, path: string, body?: object, key?: string) => {
		const answer = await fetch(`${url}/api/v1${path}`, clientRequest(ADMIN_KEY, method, body, key))
		const text = await answer.text()
		// nginx writes pages of its own.
		const isJson = answer.headers.get('content-type')?.includes('json')
		return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as any }
	}
	const balancer = {
		...nodes[0]!,
		request: async <T>(method: string, path: string, body?: object) =>
			(await ask(method, path.replace('/api/v1', ''), body)).body as T,
	}
	await world.link(balancer, SESSIONS)

	const listed = await ask('GET', '/sessions')
	assert.equal(listed.body.sessions.length, SESSIONS)
	for (const { id } of world.lines)
		for (let n = 0; n < nodes.length; n++)
			assert.equal((await ask('GET', `/sessions/${id}`)).body.status, 'open')

	async function send({ id, person, sent }: (typeof world.lines)[number]) {
		const text = `${id} ${sent.length}`
		sent.push(text)
		const body = { to: person.account.phone, text }
		await until(`${text} is sent`, async () => {
			const { status, body: said } = await ask('POST', `/sessions/${id}/messages/text`, body, text)
			if (status === 200 || status === 202) return true
			assert.ok(AGAIN.includes(status), JSON.stringify(said))
			return false
		})
		await pause(500)
	}
	let isReplaced = false
	const traffic = world.lines.map(async (line) => {
		while (!isReplaced || line.sent.length < SENDS) await send(line)
	})

	// One after the other, as a rolling update does: the new one is there before the old one ends.
	for (const node of nodes) {
		const ended = once(node.process, 'exit')
		const next = await world.start()
		await until(`${next.name} takes sessions`, async () => (await fetch(`${next.url}/ready`)).ok)
		node.process.kill('SIGTERM')
		assert.equal((await ended)[0], 0)
		const again = await world.start({}, undefined, portOf(node))
		await until(`${again.name} takes sessions`, async () => (await fetch(`${again.url}/ready`)).ok)
		await next.stop()
	}
	isReplaced = true
	await Promise.all(traffic)
	for (const { id, person, sent } of world.lines) {
		const arrived = () => person.inbox.entries.map(({ message }) => textOf(message))
		await until(`all of ${id} arrived`, () => arrived().length >= sent.length)
		assert.deepEqual(arrived(), sent, id)
	}
	assert.equal(world.replacements(), 0)
	t.diagnostic(`${world.lines.reduce((sum, { sent }) => sum + sent.length, 0)} messages`)
})
