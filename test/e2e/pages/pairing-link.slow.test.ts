import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { isAccessible, views } from './support/accessibility.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { openWorld } from './support/world.ts'

const ANDROID =
	'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36'

test('a pairing link in Chromium', async (t) => {
	const { url, gateway, sandbox } = await openWorld(t)
	const browser = await openBrowser(t)
	let number = 491700000010

	async function newLink(id: string, body: object = {}): Promise<string> {
		await gateway.request('POST', '/api/v1/sessions', { id, name: `Secret name ${id}` })
		const made = await gateway.request('POST', `/api/v1/sessions/${id}/links`, body)
		assert.equal(made.status, 200, made.text)
		return made.body.url.replace('http://gateway.test', url)
	}

	async function scan(id: string) {
		const { body } = await gateway.request('GET', `/api/v1/sessions/${id}/qr`)
		sandbox.phone(String(number++), { name: 'Client' }).scans(body.qr)
	}

	await t.test(
		'a computer scans: the page shows a QR code first and says when it is done',
		async () => {
			const link = await newLink('one', {
				brand: 'Bright Bookings',
				note: 'Hello.',
				color: '#7a1fa2',
			})
			const { page, context, check } = await openPage(browser, link)
			await page.getByAltText(/QR code/).waitFor()
			assert.ok(!page.url().includes(link.split('#')[1]!), 'the address is cleared')
			assert.ok(!(await page.content()).includes('Secret name'))
			await page.getByText('Bright Bookings', { exact: true }).waitFor()
			await scan('one')
			await page.getByText('Connected. You can close this page.').waitFor()
			check()
			await context.close()

			const again = await openPage(browser, link)
			await again.page.getByText('opened on another device already').waitFor()
			await again.context.close()
		},
	)

	await t.test('a phone types a code: that comes first there', async () => {
		const link = await newLink('two')
		const { page, context, check } = await openPage(browser, link, {
			width: 390,
			height: 844,
			userAgent: ANDROID,
			isMobile: true,
			hasTouch: true,
		})
		await page.getByLabel('Phone number').fill('+49 170 0000020')
		await page.getByRole('button', { name: 'Get a code' }).click()
		const code = await page.locator('.pairing-code').innerText()
		assert.match(code, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
		const { body } = await gateway.request('GET', '/api/v1/sessions/two/links')
		assert.match(body.links[0].opened_by, /^Android, 127\.0\.0\.1$/)
		sandbox.phone('491700000020', { name: 'Client' }).entersCode(code)
		await page.getByText('Connected. You can close this page.').waitFor()
		check()
		await context.close()
	})

	await t.test('a number that it refuses is named', async () => {
		const { page, context } = await openPage(browser, await newLink('three'))
		await page.getByRole('button', { name: 'Type a code' }).click()
		await page.getByLabel('Phone number').fill('12')
		await page.getByRole('button', { name: 'Get a code' }).click()
		await page.getByRole('alert').filter({ hasText: /phone/i }).waitFor()
		await context.close()
	})

	await t.test('a link that was taken back shows only its sentence', async () => {
		const { page, context } = await openPage(browser, await newLink('four'))
		await page.getByAltText(/QR code/).waitFor()
		const { body } = await gateway.request('GET', '/api/v1/sessions/four/links')
		await gateway.request('DELETE', `/api/v1/sessions/four/links/${body.links[0].id}`)
		await page.getByText('This link was taken back. Ask whoever sent it for a new one.').waitFor()
		assert.equal(await page.getByAltText(/QR code/).count(), 0)
		await context.close()
	})

	await t.test('the console makes a link and says who has opened it', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'five', name: 'Client five' })
		const { page, context, check } = await openPage(browser, `${url}/console/add/five`)
		await signIn(page, ADMIN_KEY)
		await page.getByRole('button', { name: 'Send a link' }).click()
		await page.getByRole('button', { name: 'Make a link' }).click()
		const shown = await page.getByText(/\/link#/).innerText()
		const client = await openPage(browser, shown.replace('http://gateway.test', url))
		await page.getByText(/^Opened .*127\.0\.0\.1/).waitFor()
		await client.context.close()
		await isAccessible(page, 'pairing links in the console')
		await page.getByRole('button', { name: 'Take back' }).click()
		await page.getByText(/Taken back/).waitFor()
		check()
		await context.close()
	})

	await t.test('axe finds nothing in either mode at 390 and 1200 px', async () => {
		for (const [index, view] of views.entries()) {
			const link = await newLink(`axe-${index}`, { brand: 'Bright Bookings' })
			const { page, context, check } = await openPage(browser, link, view)
			await page.getByAltText(/QR code/).waitFor()
			await isAccessible(page, `QR code in ${JSON.stringify(view)}`)
			await page.getByRole('button', { name: 'Type a code' }).click()
			await isAccessible(page, `code in ${JSON.stringify(view)}`)
			check()
			await context.close()
		}
	})

	const used = await until('the uses are told as events', async () => {
		const { body } = await gateway.request('GET', '/api/v1/sessions/one/events?limit=1000')
		const states = body.events
			.filter(({ type }: { type: string }) => type === 'session.pairing_link')
			.map(({ data }: { data: { state: string } }) => data.state)
		return states.length === 2 && states
	})
	assert.deepEqual(used, ['opened', 'linked'])
})
