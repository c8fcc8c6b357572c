import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLine, type Heard } from './support/ask.ts'
import { assertNothingSaid, isRefused, openTable, speaksOfMain } from './support/closed.ts'
import { openDoor } from './support/door.ts'
import { withKey } from './support/keyed.ts'

/** What an address may be made of that another reader would take for the same. */
const tricks: Record<string, (path: string) => string> = {
	'two slashes first': (path) => `/${path}`,
	'two slashes inside': (path) => path.replace(/\/([^/]+)$/, '//$1'),
	'an encoded slash': (path) => path.replace(/\/([^/]+)$/, '%2F$1'),
	'encoded slashes': (path) => `/${path.slice(1).replaceAll('/', '%2f')}`,
	'out of a public one': (path) => `/health/..${path}`,
	'out of a public one, encoded': (path) => `/health/%2e%2e${path}`,
	'out of a public one, encoded twice': (path) => `/health/%252e%252e${path}`,
	'out of a public one, with a semicolon': (path) => `/health/..;${path}`,
	'out of a public one, with a backslash': (path) => `/health/..\\${path.slice(1)}`,
	'out of a file': (path) => `/media/..${path}`,
	'upper case': (path) => path.toUpperCase(),
	'an encoded letter': (path) =>
		path.replace(/\/(\w)/, (_, c) => `/%${c.charCodeAt(0).toString(16)}`),
	'a dot at the end': (path) => `${path}.`,
	'a slash at the end': (path) => `${path}/`,
	'an encoded space at the end': (path) => `${path}%20`,
	'a zero byte at the end': (path) => `${path}%00`,
	'an ending': (path) => `${path}.json`,
	'a parameter of the path': (path) => `${path};x=1`,
	'a dot inside': (path) => path.replace(/\/([^/]+)$/, '/./$1'),
	'there and back': (path) => path.replace(/\/([^/]+)$/, '/x/../$1'),
	'a whole URL': (path) => `http://gateway.test${path}`,
	'a whole URL of another host': (path) => `http://127.0.0.1:1${path}`,
	'a broken escape': (path) => `${path}%`,
	'an overlong slash': (path) => path.replace(/\/([^/]+)$/, '%c0%af$1'),
}

test('an address that is spelt another way is closed all the same', async (t) => {
	const { world, requests, assertNothingHappened } = await openTable(t)
	const ask = openLine(t, await openDoor(t, world.gateway))
	// Below /console every address that is nothing else shows a page, which has no data in it.
	const page = await ask({ method: 'GET', path: '/console', headers: {} })
	const isPage = (answer: Heard) => answer.status === 200 && answer.text === page.text
	for (const [name, request] of requests) {
		const keys = [undefined, await world.keyOfAnotherSession()]
		for (const [trick, spelt] of Object.entries(tricks)) {
			for (const key of keys) {
				const asked = withKey({ ...request, path: spelt(request.path) }, key)
				const answer = await ask(asked)
				const what = `${name}, ${trick}: ${answer.status} ${answer.text}`
				assertNothingSaid(world, asked, answer)
				if (!key || speaksOfMain(world, request))
					assert.ok(isRefused(answer) || isPage(answer), what)
			}
		}
	}
	await assertNothingHappened()
	t.diagnostic(`${requests.length * Object.keys(tricks).length * 2} requests`)
})
