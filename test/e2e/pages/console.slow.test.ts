import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { isAccessible, views } from './support/accessibility.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { openWorld } from './support/world.ts'

test('the console in Chromium', async (t) => {
	const { url, gateway, sandbox } = await openWorld(t)
	const browser = await openBrowser(t)

	await t.test('a key signs in and is nowhere in page, storage or address', async () => {
		const { page, context, check } = await openPage(browser, `${url}/`)
		assert.equal(page.url(), `${url}/console`)
		await signIn(page, ADMIN_KEY)
		await page.getByRole('heading', { name: 'Numbers' }).waitFor()
		const places = [
			await page.content(),
			page.url(),
			JSON.stringify(await context.storageState()),
			String(
				await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])'),
			),
		]
		for (const place of places) assert.ok(!place.includes(ADMIN_KEY))
		check()
		await context.close()
	})

	await t.test('a scan turns the page to Connected by itself', async () => {
		const { page, context, check } = await openPage(browser, `${url}/console/add`)
		await signIn(page, ADMIN_KEY)
		await page.getByLabel('Name').fill('Salon Marie')
		await page.getByRole('button', { name: 'Continue' }).click()
		await page.getByAltText(/QR code/).waitFor()
		const { body } = await gateway.request('GET', '/api/v1/sessions/salon-marie/qr')
		sandbox.phone('491700000003', { name: 'Marie' }).scans(body.qr)
		await page.getByText('Connected as +491700000003').waitFor()
		await page.getByRole('main').getByRole('link', { name: 'Numbers' }).click()
		await page.getByRole('article', { name: 'Salon Marie' }).getByText('Connected').waitFor()
		check()
		await context.close()
	})

	await t.test('axe finds nothing in either mode at 390 and 1200 px', async () => {
		for (const view of views) {
			const { page, context, check } = await openPage(browser, `${url}/console`, view)
			await isAccessible(page, 'signing in')
			await signIn(page, ADMIN_KEY)
			for (const path of ['', '/add', '/numbers/main', '/nothing']) {
				await page.goto(`${url}/console${path}`)
				await page.getByRole('heading', { level: 1 }).waitFor()
				await isAccessible(page, `${path || 'numbers'} in ${JSON.stringify(view)}`)
			}
			check()
			await context.close()
		}
	})
})
