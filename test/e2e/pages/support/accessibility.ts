import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = { id: string; nodes: { html: string; failureSummary: string }[] }

/** Fails if axe finds anything on the page as it is now, or if it scrolls sideways. */
export async function isAccessible(page: Page, what: string): Promise<void> {
	// Past the page's own policy, which allows no script but ours.
	const found = await page.evaluate(`(() => {
		const module = undefined
		${AXE}
		return window.axe.run(document).then(({ violations }) => violations)
	})()`)
	const told = (found as Violation[]).map(({ id, nodes }) => [
		id,
		...nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary}`),
	])
	assert.deepEqual(told, [], what)
	const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
	assert.ok((overflow as number) <= 0, `${what} scrolls sideways by ${overflow} px`)
}

/** The widths and modes in which every page is looked at. */
export const views = [
	{ width: 1200, colorScheme: 'light' },
	{ width: 390, colorScheme: 'dark' },
	{ width: 390, colorScheme: 'light' },
	{ width: 1200, colorScheme: 'dark' },
] as const
