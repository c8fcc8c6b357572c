import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGateway } from '../../../support/gateway/gateway.ts'

test('the reference at /docs needs no key and nothing from elsewhere', async (t) => {
	const gateway = await openGateway(t)
	const page = await gateway.request('GET', '/docs', undefined, {})
	assert.equal(page.status, 200)
	assert.match(page.headers.get('content-type')!, /^text\/html/)
	assert.match(
		page.headers.get('content-security-policy')!,
		/^default-src 'none'; script-src 'self';/,
	)
	const files = [...page.text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address!)
	assert.equal(files.length, 3)
	for (const file of files) {
		const answer = await gateway.request('GET', file, undefined, {})
		assert.equal(answer.status, 200, `${file} (is it built? npm run build:gateway)`)
		assert.match(answer.headers.get('content-type')!, /^text\/(javascript|css)/)
		assert.ok(answer.text.length > 100)
	}
	assert.match(page.text, /start\.js/)
	const start = await gateway.request('GET', '/docs/start.js', undefined, {})
	assert.match(start.text, /persistAuthorization: false/, 'no key is left in the browser')
	const [, document] = /url: '([^']*)'/.exec(start.text) ?? []
	assert.equal((await gateway.request('GET', document!, undefined, {})).body.openapi, '3.1.0')
})
