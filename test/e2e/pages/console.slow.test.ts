import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { isAccessible, views } from './support/accessibility.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { openWorld } from './support/world.ts'

const PAGES = [
	'',
	'/add',
	'/numbers/main',
	'/webhooks',
	'/webhooks/new',
	'/events',
	'/try',
	'/keys',
	'/health',
	'/nothing',
]

test('the console in Chromium', async (t) => {
	const { url, gateway, sandbox, owner, ada } = await openWorld(t)
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

	await t.test('what happens shows by itself, in a sentence', async () => {
		const { page, context, check } = await openPage(browser, `${url}/console/events`)
		await signIn(page, ADMIN_KEY)
		await page.getByRole('heading', { name: 'Events' }).waitFor()
		await ada.says('Is the table still there?', { to: owner })
		await page.getByText('Ada wrote: Is the table still there?').click()
		await page.getByText('"text": "Is the table still there?"').waitFor()
		await page.getByLabel('Person or text').fill('nobody said this')
		await page.getByText('nothing that you look for').waitFor()
		check()
		await context.close()
	})

	await t.test('100 events a second leave the page usable', async () => {
		const { page, context, check } = await openPage(browser, `${url}/console/events`)
		await signIn(page, ADMIN_KEY)
		await page.getByRole('heading', { name: 'Events' }).waitFor()
		const said = 300
		const talking = Promise.all(
			Array.from({ length: said }, (_, count) => ada.says(`Number ${count}`, { to: owner })),
		)
		await page.getByLabel('Person or text').fill('Number 29')
		await talking
		await page.getByText('Ada wrote: Number 299').waitFor()
		const texts = await page.getByText(/^Ada wrote: Number 29/).allInnerTexts()
		assert.equal(new Set(texts).size, texts.length, 'nothing twice')
		assert.equal(texts.length, 11)
		check()
		await context.close()
	})

	await t.test('what was given up is looked at and sent again', async () => {
		let status = 404
		const receiver = await openReceiver(t, () => status)
		await gateway.request('POST', '/api/v1/sessions/main/webhooks', {
			url: `http://127.0.0.1:${receiver.port}/webhook-test/orders`,
			events: ['message.received'],
		})
		await ada.says('An order', { to: owner })
		const { page, context, check } = await openPage(browser, `${url}/console/webhooks`)
		await signIn(page, ADMIN_KEY)
		await page.getByText(/test address listens for one call only/).waitFor()
		await page.getByRole('link', { name: /webhook-test/ }).click()
		await page.getByRole('button', { name: /^Waiting 1/ }).waitFor()
		await page.getByRole('button', { name: 'Look' }).click()
		await page.getByText('"text": "An order"').waitFor()
		await page.getByRole('button', { name: 'Close' }).click()
		status = 200
		await page.getByLabel('Select all').check()
		await page.getByRole('button', { name: 'Send again' }).click()
		await page.getByText('Nothing waits.').waitFor()
		await isAccessible(page, 'a webhook')
		check()
		await context.close()
	})

	await t.test('a message of any kind is tried, and its ticks are shown', async () => {
		const { page, context, check } = await openPage(browser, `${url}/console/try`)
		await signIn(page, ADMIN_KEY)
		await page.getByLabel('To', { exact: true }).fill(ada.account.phone)
		await page.getByLabel('Kind', { exact: true }).selectOption('poll')
		await page.getByRole('textbox', { name: 'Question' }).fill('Which day?')
		await page.getByRole('textbox', { name: 'Options' }).fill('Thursday\nFriday')
		await page.getByRole('button', { name: 'Send' }).click()
		await page.getByText(/Message .*: (sent|delivered)/).waitFor()
		await page.getByText('As curl').click()
		await page.getByText('"Thursday"').waitFor()
		await page.getByLabel('Kind', { exact: true }).selectOption('text')
		await page.getByLabel('To', { exact: true }).fill('12')
		await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Hello')
		await page.getByRole('button', { name: 'Send' }).click()
		await page
			.getByRole('alert')
			.filter({ hasText: /number/i })
			.waitFor()
		check()
		await context.close()
	})

	await t.test("deleting one's own key signs out", async () => {
		const { body: key } = await gateway.request('POST', '/api/v1/keys', {
			name: 'mine',
			role: 'admin',
		})
		const { page, context, check } = await openPage(browser, `${url}/console/keys`)
		await signIn(page, key.key)
		await page.getByLabel('Name').fill('n8n')
		await page.getByRole('button', { name: 'New key' }).click()
		await page.getByText(/^wag_/).waitFor()
		await page.getByRole('button', { name: 'Delete mine' }).click()
		await page.getByRole('button', { name: 'Delete for good' }).click()
		await page.getByRole('heading', { name: 'Sign in' }).waitFor()
		check()
		await context.close()
	})

	await t.test('health says what is fine and what to do about the rest', async () => {
		await gateway.request('POST', '/api/v1/sessions/main/disconnect')
		const { page, context, check } = await openPage(browser, `${url}/console/health`)
		await signIn(page, ADMIN_KEY)
		const of = (name: string) => page.getByRole('listitem').filter({ hasText: name })
		await of('ffmpeg').getByText('Fine').waitFor()
		await page.getByText(/Version \d/).waitFor()
		await gateway.request('POST', '/api/v1/sessions/main/connect')
		check()
		await context.close()
	})

	await t.test('disconnecting asks nothing and can be undone', async () => {
		const { page, context, check } = await openPage(browser, `${url}/console`)
		await signIn(page, ADMIN_KEY)
		const card = page.getByRole('article', { name: 'main' })
		await card.getByRole('button', { name: 'Disconnect' }).click()
		await card.getByText('Disconnected. Messages wait on WhatsApp.').waitFor()
		await card.getByRole('button', { name: 'Undo' }).click()
		await card.getByText('Connected', { exact: true }).waitFor()
		check()
		await context.close()
	})

	await t.test('deleting a number asks for its id', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'old', name: 'Old shop' })
		const { page, context, check } = await openPage(browser, `${url}/console`)
		await signIn(page, ADMIN_KEY)
		await page.getByLabel('More for Old shop').press('Enter')
		await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter')
		const forGood = page.getByRole('button', { name: 'Delete for good' })
		assert.ok(await forGood.isDisabled())
		await page.getByLabel('Id of the number').fill('old')
		await forGood.press('Enter')
		await page.getByRole('article', { name: 'Old shop' }).waitFor({ state: 'detached' })
		check()
		await context.close()
	})

	await t.test('axe finds nothing in either mode at 390 and 1200 px', async () => {
		for (const view of views) {
			const { page, context, check } = await openPage(browser, `${url}/console`, view)
			await isAccessible(page, 'signing in')
			await signIn(page, ADMIN_KEY)
			for (const path of PAGES) {
				await page.goto(`${url}/console${path}`)
				await page.getByRole('heading', { level: 1 }).waitFor()
				await isAccessible(page, `${path || 'numbers'} in ${JSON.stringify(view)}`)
			}
			check()
			await context.close()
		}
	})
})
