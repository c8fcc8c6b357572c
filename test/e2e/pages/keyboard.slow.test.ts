import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { isAccessible } from './support/accessibility.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { go, isFocused, tabTo, type } from './support/keys.ts'
import { openWorld } from './support/world.ts'

const MARKUP = `<img src=x onerror="document.title='bad'"> & "co"`
/** Of all QR codes that WhatsApp gives for one connection. */
const ALL_CODES_MS = 240_000

test('the pages by keyboard, on small screens and with odd names', async (t) => {
	const { url, gateway, sandbox, owner, ada } = await openWorld(t)
	const browser = await openBrowser(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'late', name: 'Too late' })
	const late = await openPage(browser, `${url}/console/add/late`)
	await signIn(late.page, ADMIN_KEY)
	await late.page.getByAltText(/QR code/).waitFor()

	await t.test('the keyboard alone does each main task', async () => {
		const { page, context, check } = await openPage(browser, `${url}/console`)
		await until('the key has the focus', () => isFocused(page, 'API key'))
		await type(page, ADMIN_KEY, 'Enter')
		await page.getByRole('heading', { name: 'Numbers' }).waitFor()

		await go(page, 'Add a number')
		await page.getByRole('heading', { name: 'Add a number' }).waitFor()
		await tabTo(page, 'Name')
		await type(page, 'Typed', 'Enter')
		await page.getByRole('heading', { name: 'Link Typed' }).waitFor()
		await tabTo(page, 'Type a code')
		await type(page, '', 'Enter')
		await tabTo(page, 'Phone number')
		await type(page, '491700000031', 'Enter')
		const code = await page.locator('.pairing-code').innerText()
		sandbox.phone('491700000031', { name: 'Typed' }).entersCode(code)
		await page.getByText('Connected as +491700000031').waitFor()

		await go(page, 'Add a webhook')
		await tabTo(page, 'Goes to')
		await type(page, 'http://127.0.0.1:9/hook', 'Enter')
		await page.getByText('It is shown only now').waitFor()

		await go(page, 'Try it')
		await tabTo(page, 'To')
		await type(page, ada.account.phone)
		await tabTo(page, 'Text')
		await type(page, 'By keyboard')
		await go(page, 'Send')
		await page.getByText(/Message .*: (sent|delivered)/).waitFor()

		await go(page, 'Keys')
		await tabTo(page, 'Name')
		await type(page, 'n8n', 'Enter')
		await page.getByText(/^wag_/).waitFor()

		await go(page, 'Numbers')
		await page.getByRole('article', { name: 'Typed' }).waitFor()
		await go(page, 'More for Typed')
		await go(page, 'Delete')
		await until('the focus is on what does no harm', () => isFocused(page, 'Keep it'))
		await page.keyboard.press('Escape')
		await page.getByRole('dialog').waitFor({ state: 'detached' })
		await until('the focus comes back', () => isFocused(page, 'More for Typed'))
		check()
		await context.close()
	})

	await t.test('names, texts and brands are shown as they are', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'odd', name: MARKUP })
		const { body: link } = await gateway.request('POST', '/api/v1/sessions/odd/links', {
			brand: MARKUP.slice(0, 60),
			note: MARKUP,
		})
		const { page, context, check } = await openPage(browser, `${url}/console`)
		await signIn(page, ADMIN_KEY)
		await page.getByRole('heading', { name: MARKUP }).waitFor()
		await page.goto(`${url}/console/events`)
		await ada.says(MARKUP, { to: owner })
		await page.getByText(`Ada wrote: ${MARKUP}`).waitFor()
		assert.equal(await page.locator('main img').count(), 0)
		assert.equal(await page.title(), 'WhatsApp gateway')
		check()
		await context.close()
		const client = await openPage(browser, link.url.replace('http://gateway.test', url))
		await client.page.getByText(MARKUP, { exact: true }).first().waitFor()
		assert.equal(await client.page.title(), 'Connect your WhatsApp')
		client.check()
		await client.context.close()
	})

	await t.test('an address that was cut off names no page, and breaks none', async () => {
		const { page, context, check } = await openPage(browser, `${url}/console`)
		await signIn(page, ADMIN_KEY)
		for (const path of ['/numbers/%E0%A4%A', '/numbers/nobody', '/webhooks/%ZZ/x', '/nothing']) {
			await page.goto(`${url}/console${path}`)
			await page
				.getByRole('heading', { level: 1, name: /no such page|not found|nothing/i })
				.waitFor()
		}
		check()
		await context.close()
	})

	await t.test('nothing scrolls sideways at 320 px', async () => {
		const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(2)
		await gateway.request('POST', '/api/v1/sessions', { id: 'x'.repeat(60), name: long })
		await gateway.request('POST', '/api/v1/sessions/main/webhooks', {
			url: `http://127.0.0.1:9/${'hook'.repeat(40)}`,
		})
		const { page, context } = await openPage(browser, `${url}/console`, { width: 320, height: 640 })
		await signIn(page, ADMIN_KEY)
		for (const path of [
			'',
			'/add',
			'/add/odd',
			`/numbers/${'x'.repeat(60)}`,
			'/webhooks',
			'/webhooks/new',
			'/events',
			'/try',
			'/keys',
		]) {
			await page.goto(`${url}/console${path}`)
			await page.getByRole('heading', { level: 1 }).waitFor()
			await isAccessible(page, `${path || 'numbers'} at 320 px`)
		}
		await context.close()
		const { body } = await gateway.request('POST', '/api/v1/sessions/odd/links', {
			brand: long.slice(0, 60),
		})
		const link = body.url.replace('http://gateway.test', url)
		const client = await openPage(browser, link, { width: 320, height: 640 })
		await client.page.getByAltText(/QR code/).waitFor()
		await isAccessible(client.page, 'a pairing link at 320 px')
		await client.context.close()
	})

	await t.test("each page's first load is under 60 kB gzip", async () => {
		for (const path of ['/console', '/console/phone', '/link']) {
			const { page, context } = await openPage(browser, `${url}${path}`)
			const bytes = await page.evaluate(
				`performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
					.filter(({ name }) => !name.includes('/api/'))
					.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
			)
			assert.ok((bytes as number) > 1000 && (bytes as number) < 60_000, `${path}: ${bytes} bytes`)
			await context.close()
		}
	})

	await t.test('a code that nobody scanned in time is followed by a new one', async () => {
		const { page, check, context } = late
		await page.getByText('Nobody scanned in time.').waitFor({ timeout: ALL_CODES_MS })
		assert.equal(await page.getByAltText(/QR code/).count(), 0)
		await page.goto(`${url}/console`)
		const card = page.getByRole('article', { name: 'Too late' })
		await card.getByText('Not linked yet').waitFor()
		await card.getByText('Nobody scanned the code in time.').waitFor()
		await page.goto(`${url}/console/add/late`)
		await page.getByAltText(/QR code/).waitFor()
		check()
		await context.close()
	})
})
