import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSandbox } from '../../support/gateway/gateway.ts'
import { ROOT } from '../../support/paths.ts'

const PAGE = 'docs/simulated-whatsapp.md'

/** `chats` and `read` of `/phones/:phone/chats/:chat/read`. */
const wordsOf = (path: string) => path.split('/').filter((part) => part && !part.startsWith(':'))

test('the page on the simulated WhatsApp names every request that it takes', async (t) => {
	const sandbox = await openSandbox(t)
	const page = readFileSync(join(ROOT, PAGE), 'utf8')
	const spans = [...page.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!)
	const named = new Set(spans.flatMap((span) => span.split(/[^\w-]+/)))
	const paths = sandbox.control.routes.map(({ path }) => path)
	assert.ok(paths.length > 50)
	assert.deepEqual(
		paths.filter((path) => !wordsOf(path).every((word) => named.has(word))),
		[],
	)
})
