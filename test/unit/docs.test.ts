import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { withSettings } from '../../gateway/codegen/docs/settings-table.ts'
import { withSilences } from '../../gateway/codegen/docs/silences-table.ts'
import { coverageOf } from '../../gateway/src/cli/covers/coverage.ts'
import { settingsList } from '../../gateway/src/config/settings.ts'
import { newSecret, signatureHeaders } from '../../gateway/src/delivery/signature.ts'
import { evolution } from '../../gateway/src/http/dialects/evolution/index.ts'
import { waha } from '../../gateway/src/http/dialects/waha/index.ts'
import { receivedTypes } from '../../gateway/src/messages/received/index.ts'
import { ROOT } from '../support/paths.ts'
import prettier from 'prettier'

const pages = globSync(
	['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/**/*.md', 'test/README.md'],
	{
		cwd: ROOT,
	},
)
const textOf = (page: string) => readFileSync(join(ROOT, page), 'utf8')

/** Links of Markdown and sources of images, without those to other sites. */
function linksOf(page: string): string[] {
	const found = textOf(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)
	return [...found].map(([, link, source]) => link ?? source!).filter((link) => !/^\w+:/.test(link))
}

/** The anchors that GitHub makes of headings. */
function anchorsOf(page: string): string[] {
	return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading!
			.toLowerCase()
			.replace(/[^\w\- ]/g, '')
			.replaceAll(' ', '-'),
	)
}

test('the pages about moving over name all that is refused', () => {
	for (const dialect of [evolution, waha])
		for (const refused of coverageOf(dialect).refused) {
			const words = refused.split(/[\s/()]+/).filter((word) => word && !word.startsWith('{'))
			const text = textOf(`docs/moving-over/${dialect.name}.md`)
			const isNamed = words.slice(-3).some((word) => text.includes(word))
			assert.ok(isNamed, `${dialect.name}: ${refused}`)
		}
})

test('every link and anchor in the docs leads somewhere', () => {
	const broken = pages.flatMap((page) =>
		linksOf(page)
			.filter((link) => {
				const [path = '', anchor] = link.split('#')
				const target = path ? relative(ROOT, join(ROOT, dirname(page), path)) : page
				if (!existsSync(join(ROOT, target))) return true
				return anchor !== undefined && !anchorsOf(target).includes(anchor)
			})
			.map((link) => `${page}: ${link}`),
	)
	assert.ok(pages.length > 10)
	assert.deepEqual(broken, [])
})

test('every page of the docs is reached from the README', () => {
	const reached = new Set(['README.md'])
	for (const page of reached)
		for (const link of linksOf(page)) {
			const target = relative(ROOT, join(ROOT, dirname(page), link.split('#')[0]!))
			if (pages.includes(target)) reached.add(target)
		}
	assert.deepEqual(
		pages.filter((page) => !reached.has(page)),
		[],
	)
})

test('the README fits on two screens', () => {
	assert.ok(textOf('README.md').split('\n').length <= 100)
})

test('the tables in the docs are what the code says', async () => {
	for (const [path, withTable] of [
		['docs/operating.md', withSettings],
		['docs/events.md', withSilences],
	] as const) {
		const page = textOf(path)
		const style = await prettier.resolveConfig(join(ROOT, path))
		const expected = await prettier.format(withTable(page), { ...style, parser: 'markdown' })
		assert.equal(page, expected, 'run `npm run docs`')
	}
})

test('every setting that the docs name exists', () => {
	const known = new Set(settingsList().map(({ name }) => name))
	// Of the demo, of tests, of n8n, of open(2), and of the systems from which people move over.
	const others = [
		'N8N_PORT',
		'N8N_RESTRICT_FILE_ACCESS_TO',
		'WEBHOOK_URL',
		'NODE_COMPILE_CACHE',
		'KILLS',
		'FUZZ',
		'KEY',
		'O_DSYNC',
		'PLACEHOLDER_MESSAGE_RESEND',
		'AUTHENTICATION_API_KEY',
		'CACHE_REDIS_ENABLED',
		'GROUP_UPDATE',
		'WAHA_API_KEY',
		'CACHE_REDIS_PREFIX_KEY',
		'CACHE_REDIS_URI',
		'DATABASE_CONNECTION_URI',
		'PROVIDER_ENABLED',
	]
	const named = pages.flatMap((page) =>
		[...textOf(page).matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)].map(
			([, name]) => name!,
		),
	)
	const unknown = named.filter((name) => !known.has(name) && !others.includes(name))
	assert.deepEqual([...new Set(unknown)], [])
})

test('the page on events names every message type that is only received', () => {
	for (const { type } of receivedTypes)
		assert.ok(textOf('docs/events.md').includes(`| \`${type}\``), type)
})

test('the page on n8n names the version that the tests run', () => {
	const { dependencies } = JSON.parse(textOf('test/n8n/package.json'))
	assert.ok(textOf('docs/n8n.md').includes(`Tested with n8n ${dependencies.n8n}.`))
})

test('the documented check of a signature accepts deliveries and nothing else', async () => {
	const [, sample] = /```js\n(import \{ createHmac[^]*?)```/.exec(textOf('docs/events.md'))!
	const { isFromGateway } = await import(`data:text/javascript,${encodeURIComponent(sample!)}`)
	const [secret, body] = [newSecret(), '{"seq":1}']
	const headers = signatureHeaders(secret, 'msg_1', body)
	assert.equal(isFromGateway(headers, body, secret), true)
	const longAgo = signatureHeaders(secret, 'msg_1', body, new Date(Date.now() - 600_000))
	const { 'webhook-timestamp': _, ...undated } = headers
	const { 'webhook-signature': __, ...unsigned } = headers
	for (const wrong of [{}, undated, unsigned, longAgo])
		assert.equal(isFromGateway(wrong, body, secret), false)
	assert.equal(isFromGateway(headers, '{"seq":2}', secret), false)
	assert.equal(isFromGateway(headers, body, newSecret()), false)
})
