// The images of the Dockerfile, built and run by an engine: on a base of Debian's packages and our Node, as Node's own
// base image cannot be had without its registry.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { installN8n } from '../../support/n8n.ts'
import { ROOT } from '../../support/paths.ts'
import { makeBaseImage } from './support/base-image.ts'
import { composeUp } from './support/compose.ts'
import { openEngine, whyNoEngine, type Engine } from './support/engine.ts'
import { makeN8nImage } from './support/n8n-image.ts'
import { inside } from './support/inside.ts'

const BUILDING = 1_200_000
/** Docker's own limit between SIGTERM and SIGKILL. */
const STOP_MS = 10_000

/** How compose.yaml runs the gateway. Podman would make more directories writable than Docker does. */
const HARDENED = [
	'--read-only',
	'--read-only-tmpfs=false',
	'--tmpfs=/tmp',
	'--cap-drop=all',
	'--security-opt=no-new-privileges',
	'--network=none',
]

describe('The container image', { timeout: BUILDING }, () => {
	let engine: Engine

	before(async () => {
		assert.equal(await whyNoEngine(), undefined)
		engine = await openEngine()
		await makeBaseImage(engine)
		await engine.build(ROOT, 'setup', 'whatsapp-gateway-setup')
		await engine.build(ROOT, 'gateway', 'whatsapp-gateway')
	})
	after(() => engine.close())

	it('names a fixed user, one volume, a health check and an init', async () => {
		const [image] = JSON.parse(await engine.podman('image', 'inspect', 'whatsapp-gateway'))
		const { User, Volumes, Env, Entrypoint, StopSignal, ExposedPorts } = image.Config
		assert.equal(User, '10001:10001')
		assert.deepEqual(Object.keys(Volumes), ['/data'])
		assert.deepEqual(Object.keys(ExposedPorts), ['3000/tcp'])
		assert.equal(Entrypoint[0], 'tini')
		assert.equal(StopSignal, 'SIGTERM')
		assert.ok(Env.includes('DATA_DIR=/data') && Env.includes('NODE_ENV=production'))
		assert.ok(image.Healthcheck ?? image.HealthCheck)
	})

	it('has what runs, and nothing that only builds or tests', async () => {
		const script =
			'ls /app /app/gateway /app/node_modules /app/node_modules/@whiskeysockets; which g++ git || true'
		const files = await engine.podman(
			'run',
			'--rm',
			'--network=none',
			'--entrypoint=sh',
			'whatsapp-gateway',
			'-c',
			script,
		)
		for (const there of ['baileys', 'hono', 'dist'])
			assert.match(files, new RegExp(`^.*${there}`, 'm'))
		for (const none of ['typescript', 'gulp', 'n8n-workflow', 'playwright-core', 'src', 'web'])
			assert.doesNotMatch(files, new RegExp(`^${none}$`, 'm'))
	})

	it('serves on a read-only root without any rights, and stops in order', async () => {
		await engine.podman(
			'run',
			'--detach',
			'--name=hardened',
			...HARDENED,
			'--env=SANDBOX=1',
			'whatsapp-gateway',
		)
		await engine.healthy('hardened')
		const key = /wag_[\w-]{43}/.exec(await engine.logs('hardened'))?.[0]
		assert.ok(key, 'the first start prints the key')

		const found = await inside(engine, 'hardened', key)
		assert.equal(found.user, 10001)
		assert.equal(found.answered, true, 'a message went through the sandbox')
		assert.equal(found.voiceNote, 200, 'ffmpeg converted a file')
		assert.match(found.writing, /EROFS/)
		assert.deepEqual(found.zombies, [])

		const start = Date.now()
		await engine.podman('stop', '--time=10', 'hardened')
		assert.equal((await engine.state('hardened')).ExitCode, 0)
		assert.ok(Date.now() - start < STOP_MS)

		await engine.podman('start', 'hardened')
		await engine.healthy('hardened')
		assert.equal((await engine.logs('hardened')).match(/wag_/g)?.length, 1, 'the key is shown once')
		await engine.podman('rm', '--force', '--time=1', 'hardened')
	})

	it('runs as another user with a directory of theirs, and says so in a sentence without one', async () => {
		const own = await engine.directory('own', 12345)
		const run = ['run', '--detach', '--user=12345:12345', ...HARDENED, '--env=SANDBOX=1']
		await engine.podman(...run, '--name=other', `--volume=${own}:/data`, 'whatsapp-gateway')
		await engine.healthy('other')
		await engine.podman('rm', '--force', '--time=1', 'other')

		const foreign = await engine.directory('foreign', 10001)
		await engine.podman(...run, '--name=foreign', `--volume=${foreign}:/data`, 'whatsapp-gateway')
		await engine.podman('wait', 'foreign')
		assert.equal((await engine.state('foreign')).ExitCode, 1)
		assert.match(
			await engine.logs('foreign'),
			/^\/data cannot be used .* runs as user 12345:12345 and may not write to DATA_DIR: .*chown/m,
		)
	})

	it('compose.yaml leads from nothing to an answered message, and starts again', async () => {
		await installN8n(console.log)
		const world = await composeUp(engine, 'sandbox', await makeN8nImage(engine))
		const first = await world.finished('setup-sandbox')
		assert.match(
			first,
			/The workflow: +Hello Anna Weber, n8n got your message: Hello from the first start/,
		)
		assert.match(first, /n8n +http:\/\/localhost:5678\n/)
		assert.match(first, /owner@example\.com, password N8n-/)
		assert.match(first, /wag_[\w-]{43}/)
		assert.doesNotMatch(await world.logs('gateway-sandbox'), /wag_/)

		const again = await world.again('setup-sandbox')
		assert.doesNotMatch(again, /wag_|password|The workflow:/)
		assert.match(again, /Keys: shown at the first start/)
		assert.equal(await world.stop('gateway-sandbox'), 0)
	})
})
