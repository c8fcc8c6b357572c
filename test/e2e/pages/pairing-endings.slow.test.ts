import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { systemClock } from '../../../gateway/src/lib/clock.ts'
import { openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { isAccessible, views } from './support/accessibility.ts'
import { openBrowser, openPage, openTab } from './support/browser.ts'
import { go, tabBackTo, tabTo, type } from './support/keys.ts'
import { listen } from './support/world.ts'

const ENDED = 'Ask whoever sent it for a new one.'
const NUMBER = '491700000041'
/** Of a person who is linked to no session, and so may get a code. */
const NEW_NUMBER = '491700000042'

test('what a pairing link shows, to whom, and in which language', async (t) => {
	let ahead = 0
	const clock = { now: () => Date.now() + ahead, after: systemClock.after }
	const sandbox = await openSandbox(t)
	const gateway = await openGateway(t, { sandbox, console: 'on', delivery: { clock } })
	const url = await listen(t, gateway, sandbox)
	const browser = await openBrowser(t)

	async function newLink(session: string, body: object = {}) {
		await gateway.request('POST', '/api/v1/sessions', { id: session, name: `Name of ${session}` })
		const made = await gateway.request('POST', `/api/v1/sessions/${session}/links`, body)
		assert.equal(made.status, 200, made.text)
		return { id: made.body.id, address: made.body.url.replace('http://gateway.test', url) }
	}

	async function scan(session: string) {
		const { body } = await gateway.request('GET', `/api/v1/sessions/${session}/qr`)
		sandbox.phone(NUMBER, { name: 'Client' }).scans(body.qr)
	}

	/** Its sentence, and nothing to link a phone with. */
	async function showsOnly(page: Page, sentence: string) {
		await page.getByText(sentence, { exact: true }).waitFor()
		assert.equal(await page.getByRole('button').count(), 0, sentence)
		assert.equal(await page.getByRole('img').count(), 0, sentence)
		assert.equal(await page.getByRole('textbox').count(), 0, sentence)
		await isAccessible(page, sentence)
	}

	const endings: [what: string, sentence: string, end: (session: string, page: Page) => unknown][] =
		[
			[
				'used up',
				'Too many codes were asked for with this link.',
				async (_, page) => {
					await page.getByRole('button', { name: 'Type a code' }).click()
					for (const number of ['12', '34']) {
						await page.getByLabel('Phone number').fill(number)
						await page.getByRole('button', { name: 'Get a code' }).click()
						await page.getByRole('alert').getByText('did not accept this phone number').waitFor()
					}
					await page.getByLabel('Phone number').fill(NUMBER)
					await page.getByRole('button', { name: 'Get a code' }).click()
					for (let count = 1; count < 5; count++) {
						const code = await page.locator('.pairing-code').innerText()
						await page.getByRole('button', { name: 'New code' }).click()
						if (count < 4)
							await page.locator('.pairing-code').filter({ hasNotText: code }).waitFor()
					}
				},
			],
			[
				'revoked',
				'This link was taken back.',
				async (session) => {
					const { body } = await gateway.request('GET', `/api/v1/sessions/${session}/links`)
					await gateway.request('DELETE', `/api/v1/sessions/${session}/links/${body.links[0].id}`)
				},
			],
			[
				'gone with its session',
				'This link is no longer valid.',
				(session) => gateway.request('DELETE', `/api/v1/sessions/${session}`),
			],
			['expired', 'This link has expired.', () => (ahead += 61 * 60_000)],
		]
	for (const [index, [what, sentence, end]] of endings.entries())
		await t.test(
			`a link that is ${what} shows only its sentence, also when it is loaded again`,
			async () => {
				const session = `ends-${index}`
				const { address } = await newLink(session)
				const { page, context, check } = await openPage(browser, address)
				await page.getByAltText(/QR code/).waitFor()
				await end(session, page)
				await showsOnly(page, `${sentence} ${ENDED}`)
				await page.reload()
				await showsOnly(page, `${sentence} ${ENDED}`)
				check()
				await context.close()
			},
		)

	await t.test('a link that was linked or opened elsewhere shows only its sentence', async () => {
		const { address } = await newLink('linked')
		const { page, context, check } = await openPage(browser, address)
		await page.getByAltText(/QR code/).waitFor()
		const other = await openPage(browser, address)
		await showsOnly(other.page, `This link was opened on another device already. ${ENDED}`)
		await scan('linked')
		const connected = 'Connected. You can close this page. Keep WhatsApp on your phone.'
		await showsOnly(page, connected)
		await page.reload()
		await showsOnly(page, connected)
		for (const each of [{ context, check }, other]) {
			each.check()
			await each.context.close()
		}
		const none = await openPage(browser, `${url}/link`)
		await showsOnly(none.page, 'This link is not complete. Open it once more.')
		await none.context.close()
	})

	await t.test('a preview, which runs no script, does not use a link up', async () => {
		const { id, address } = await newLink('preview')
		for (let count = 0; count < 2; count++) {
			const { context, page } = await openPage(browser, address, { javaScriptEnabled: false })
			assert.equal(await page.title(), 'Connect your WhatsApp')
			assert.deepEqual(await context.cookies(), [])
			await context.close()
		}
		const { body } = await gateway.request('GET', '/api/v1/sessions/preview/links')
		assert.deepEqual([body.links[0].id, body.links[0].state], [id, 'new'])
		const { page, context } = await openPage(browser, address)
		await page.getByAltText(/QR code/).waitFor()
		await context.close()
	})

	await t.test('its cookie opens its session alone, and no answer names anything', async () => {
		await newLink('private')
		const { id, address } = await newLink('client-42', { brand: 'Bright Bookings' })
		const context = await browser.newContext()
		const said = answersIn(context)
		const { page, check } = await openTab(context, address)
		await page.getByAltText(/QR code/).waitFor()
		await page.getByRole('button', { name: 'Type a code' }).click()
		await page.getByLabel('Phone number').fill(NEW_NUMBER)
		await page.getByRole('button', { name: 'Get a code' }).click()
		await page.locator('.pairing-code').waitFor()
		const [cookie] = await context.cookies()
		assert.deepEqual(
			[cookie!.name, cookie!.path, cookie!.httpOnly, cookie!.sameSite],
			[id, '/link', true, 'Strict'],
		)
		const statusOf = async (path: string) => {
			// A body that nobody reads never ends for the browser, and `said` would wait for it.
			const asked = `fetch(${JSON.stringify(path)}, {headers: {'X-Console': '1'}})
				.then((answer) => answer.text().then(() => answer.status))`
			return page.evaluate(asked)
		}
		for (const path of ['/console/api/me', '/console/api/sessions', '/api/v1/sessions', '/sandbox'])
			assert.equal(await statusOf(path), 401, path)
		const { body: other } = await gateway.request('GET', '/api/v1/sessions/private/links')
		for (const path of ['page', 'news', 'qr', 'logo.jpg'])
			assert.equal(await statusOf(`/link/${other.links[0].id}/api/${path}`), 410, path)
		const texts = await said()
		assert.ok(texts.length >= 4)
		for (const text of texts) assert.doesNotMatch(text, /client-42|private|Name of|4917\d+|session/)
		check()
		await context.close()
	})

	await t.test('two links are open in one browser, and both can be loaded again', async () => {
		const context = await browser.newContext()
		const tabs = []
		for (const brand of ['First', 'Second']) {
			const { address } = await newLink(brand.toLowerCase(), { brand })
			tabs.push({ brand, ...(await openTab(context, address)) })
		}
		for (const { page, brand, check } of tabs) {
			await page.reload()
			await page.getByText(brand, { exact: true }).waitFor()
			await page.getByAltText(/QR code/).waitFor()
			check()
		}
		await context.close()
	})

	await t.test('the keyboard alone links a phone, by QR code and by code', async () => {
		const { address } = await newLink('keys')
		const { page, context, check } = await openPage(browser, address)
		await page.getByAltText(/QR code/).waitFor()
		await go(page, 'Type a code')
		await tabTo(page, 'Phone number')
		await type(page, '12', 'Enter')
		await page.getByRole('alert').getByText('did not accept').waitFor()
		await page.keyboard.press('Control+A')
		await type(page, '491700000042', 'Enter')
		await page.locator('.pairing-code').waitFor()
		await go(page, 'Copy')
		await tabBackTo(page, 'Scan a QR code')
		await page.keyboard.press('Enter')
		await page.getByAltText(/QR code/).waitFor()
		await scan('keys')
		await page.getByText('Connected. You can close this page.').waitFor()
		check()
		await context.close()
	})

	const languages = {
		en: 'Scan a QR code',
		de: 'QR-Code scannen',
		es: 'Escanear un código QR',
		fr: 'Scanner un code QR',
		id: 'Pindai kode QR',
		it: 'Scansiona un codice QR',
		'pt-BR': 'Escanear um código QR',
	}

	await t.test('the page speaks the language of the link, of the browser, or English', async () => {
		const cases: [locale: string, language: string | undefined, shown: keyof typeof languages][] = [
			['de-AT', undefined, 'de'],
			['pt-PT', undefined, 'pt-BR'],
			['ja-JP', undefined, 'en'],
			['de-DE', 'it', 'it'],
		]
		for (const [index, [locale, language, shown]] of cases.entries()) {
			const { address } = await newLink(`speaks-${index}`, language ? { language } : {})
			const { page, context, check } = await openPage(browser, address, { locale })
			await page.getByRole('button', { name: languages[shown] }).waitFor()
			assert.equal(await page.evaluate('document.documentElement.lang'), shown)
			check()
			await context.close()
		}
		const gone = await openPage(browser, `${url}/link/link_X`, { locale: 'de-DE' })
		await gone.page.getByText('Dieser Link gilt nicht mehr. Bitten Sie').waitFor()
		await gone.context.close()
	})

	await t.test('in each language axe finds nothing and nothing scrolls sideways', async () => {
		for (const [index, [language, scanIt]] of Object.entries(languages).entries()) {
			const { address } = await newLink(`wide-${index}`, { language })
			for (const [turn, view] of [{ width: 320 }, views[index % views.length]!].entries()) {
				const { page, context } = turn
					? await openPage(browser, (await newLink(`wide-${index}`, { language })).address, view)
					: await openPage(browser, address, view)
				await page.getByRole('img').waitFor()
				await page.getByRole('button', { name: scanIt }).waitFor()
				await isAccessible(page, `QR code in ${language}, ${JSON.stringify(view)}`)
				await page.locator('.tabs button').nth(1).click()
				await page.getByRole('textbox').fill(`4917000001${index}${turn}`)
				await page.locator('button[type=submit]').click()
				await page.locator('.pairing-code').waitFor()
				await isAccessible(page, `code in ${language}, ${JSON.stringify(view)}`)
				await context.close()
			}
		}
	})
})

/** What a gateway answers below `/link` to the pages of a browser, without the news, which go on. */
function answersIn(context: BrowserContext) {
	const texts: Promise<string>[] = []
	context.on('response', (response) => {
		const isNews = response.url().endsWith('/news')
		if (response.url().includes('/link/') && !isNews) texts.push(response.text())
	})
	return () => Promise.all(texts)
}
