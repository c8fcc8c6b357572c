import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../../support/paths.ts'

const WEB = join(ROOT, 'gateway/dist/web')
const MOST_BYTES = 60_000

type Files = Record<string, { script: string; style: string; imports: string[] }>

test('the first load of each page is under 60 kB, compressed', () => {
	const pages = JSON.parse(readFileSync(join(WEB, 'files.json'), 'utf8')) as Files
	assert.ok(Object.keys(pages).length > 1)
	for (const [page, { script, style, imports }] of Object.entries(pages)) {
		const sizes = [script, style, ...imports].map((name) => statSync(join(WEB, `${name}.gz`)).size)
		const bytes = sizes.reduce((sum, size) => sum + size, 0)
		assert.ok(bytes < MOST_BYTES, `${page} has ${bytes} bytes`)
	}
})
