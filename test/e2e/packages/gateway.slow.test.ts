import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { run, withOurNode } from '../../support/command.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { packGateway } from '../../support/pack.ts'
import { installGateway } from '../../support/packed-gateway.ts'
import { ROOT } from '../../support/paths.ts'
import { until } from '../../support/wait.ts'

const SOURCES = join(ROOT, 'gateway/src')
/** Its first start compiles every module, which a busy machine takes long for. */
const STARTING_MS = 120_000
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare']

/** The files of the package, without the folder that every tarball has. */
const packed = async (): Promise<string[]> =>
	(await run('tar', ['-tzf', await packGateway()]))
		.trim()
		.split('\n')
		.map((path) => path.replace('package/', ''))
		.sort()

test('the package is the compiled sources, the pages, and what must go with them', async () => {
	const files = await packed()
	const compiled = globSync('**/*.ts', { cwd: SOURCES })
		.map((path) => `dist/${path.replace(/\.ts$/, '.js')}`)
		.sort()
	const scripts = files.filter((path) => !/^dist\/(web|reference)\//.test(path))
	assert.deepEqual(
		scripts.filter((path) => path.endsWith('.js')),
		compiled,
	)
	assert.deepEqual(
		scripts.filter((path) => !path.endsWith('.js')),
		['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.md', 'package.json'],
	)
	assert.deepEqual(
		files.filter((path) => path.startsWith('dist/reference/')),
		[
			'LICENSE',
			'NOTICE',
			'swagger-ui-bundle.js',
			'swagger-ui-bundle.js.LICENSE.txt',
			'swagger-ui.css',
		].map((name) => `dist/reference/${name}`),
	)
	const web = files.filter((path) => path.startsWith('dist/web/'))
	assert.ok(web.includes('dist/web/LICENSE-preact'))
	for (const path of web) assert.match(path, /\.(js|css|json)(\.gz)?$|icon\.svg$|LICENSE-preact$/)
})

/** The command in a directory of its own, with no setting but those given. */
async function start(t: TestContext, program: string, args: string[], env: object = {}) {
	const cwd = await temporaryDirectory(t)
	const child = spawn(program, args, {
		cwd,
		env: withOurNode({ PATH: process.env.PATH, PORT: '0', ...env }),
	})
	let printed = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text))
	const ended = once(child, 'exit')
	atEnd(t, async () => {
		child.kill('SIGKILL')
		await ended
	})
	const find = async (pattern: RegExp) => {
		const found = () => {
			const match = pattern.exec(printed)
			assert.ok(
				match || child.exitCode === null,
				`it ended before it printed ${pattern}: ${printed}`,
			)
			return match
		}
		return (await until(`it prints ${pattern}`, found, { timeout: STARTING_MS }))[0]
	}
	return { cwd, child, find }
}

test('installed into an empty directory it starts, says what to do next, and serves its pages', async (t) => {
	const program = await installGateway(await temporaryDirectory(t))
	const installed = join(dirname(program), '../whatsapp-gateway')
	const { scripts, engines } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
	assert.deepEqual(
		LIFECYCLE.filter((name) => name in scripts),
		[],
	)
	assert.equal(engines.node, '>=24')
	const [first] = readFileSync(program, 'utf8').split('\n')
	assert.equal(first, '#!/usr/bin/env -S node --max-semi-space-size=8')

	const { cwd, child, find } = await start(t, program, ['--sandbox'], { FFMPEG_PATH: '/nowhere' })
	const key = await find(/wag_[\w-]{43}/)
	await find(new RegExp(`All state is kept in ${cwd}/data\n`))
	const address = await find(/http:\/\/127\.0\.0\.1:\d+/)
	await find(/Their phones in a browser: http:.*\/console\/phone/)
	assert.ok(existsSync(join(cwd, 'data/format')))
	assert.match(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8'), /--max-semi-space-size=8/)

	for (const path of ['/health', '/console', '/docs', '/openapi.json'])
		assert.equal((await fetch(address + path)).status, 200, path)
	const page = await (await fetch(`${address}/docs`)).text()
	const [bundle] = /[^"]*swagger-ui-bundle\.js/.exec(page) ?? []
	assert.ok(bundle, page)
	assert.equal((await fetch(new URL(bundle, `${address}/docs`))).status, 200)
	const about = await fetch(`${address}/api/v1/gateway`, { headers: { 'x-api-key': key } })
	const { ffmpeg, version } = (await about.json()) as { ffmpeg: unknown; version: string }
	assert.equal(ffmpeg, null)
	assert.equal(version, JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version)
})
