import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { atEnd } from '../../../support/gateway/gateway.ts'

export const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** A Chromium that is installed already; it lives as long as the test. */
export async function openBrowser(t: TestContext, more: string[] = []): Promise<Browser> {
	const browser = await chromium.launch({
		executablePath: EXECUTABLE,
		args: [
			'--no-sandbox',
			'--use-fake-device-for-media-stream',
			'--use-fake-ui-for-media-stream',
			...more,
		],
	})
	atEnd(t, () => browser.close())
	return browser
}

export type PageOptions = {
	width?: number
	height?: number
	colorScheme?: 'light' | 'dark'
	userAgent?: string
	isMobile?: boolean
	hasTouch?: boolean
	/** What the browser prefers: `de-AT`. */
	locale?: string
	javaScriptEnabled?: boolean
	/** Puts a clock under the page that a test can move on: `page.clock`. It runs by itself as well. */
	hasClock?: boolean
}

/**
 * A tab in a browser profile of its own, which shows an address. Call `check` at the end of a test: it fails if a page
 * asked another origin for anything, broke its own policy, or threw.
 */
export async function openPage(browser: Browser, url: string, options: PageOptions = {}) {
	const { width = 1200, height = 860, hasClock, ...rest } = options
	const context = await browser.newContext({ viewport: { width, height }, ...rest })
	if (hasClock) await context.clock.install()
	return { context, ...(await openTab(context, url)) }
}

/** One more tab in a browser profile. */
export async function openTab(context: BrowserContext, url: string) {
	const page = await context.newPage()
	const wrong: string[] = []
	const { origin } = new URL(url)
	page.on('request', (request) => {
		const asked = request.url()
		if (!asked.startsWith(origin) && !/^(blob|data|about):/.test(asked))
			wrong.push(`asked ${asked}`)
	})
	page.on('pageerror', (error) => wrong.push(`threw ${error.message}`))
	page.on('console', (message) => {
		if (/policy|trusted/i.test(message.text())) wrong.push(message.text())
	})
	await page.goto(url)
	return {
		page,
		check: () => assert.deepEqual(wrong, []),
	}
}

/** Signs in on the page that is open. */
export async function signIn(page: Page, key: string): Promise<void> {
	await page.getByLabel('API key').fill(key)
	await page.getByRole('button', { name: 'Sign in' }).click()
	await page.getByRole('dialog').waitFor({ state: 'detached' })
}
