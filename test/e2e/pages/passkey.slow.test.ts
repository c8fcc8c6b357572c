import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { ADMIN_KEY, openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { isAccessible } from './support/accessibility.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { openWhatsAppWeb, serveWhatsAppWeb } from './support/whatsapp-web.ts'
import { listen } from './support/world.ts'

type Options = NonNullable<Parameters<typeof openGateway>[1]>

async function openWorld(t: TestContext, options: Options = {}) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	owner.hasPasskey()
	const gateway = await openGateway(t, { ...options, sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const url = await listen(t, gateway, sandbox)
	const browser = await openBrowser(t, await serveWhatsAppWeb(t))
	return {
		owner,
		gateway,
		url,
		browser,
		async scan() {
			owner.scans((await gateway.request('GET', '/api/v1/sessions/main/qr')).body.qr)
		},
	}
}

/** Pastes the lines into the console of WhatsApp Web, presses the button there and takes the answer back. */
async function confirmByHand(page: Page, whatsAppWeb: Page): Promise<void> {
	const lines = page.locator('pre[data-copy]')
	// They are folded until the page has seen that there is no extension.
	await lines.waitFor()
	await whatsAppWeb.evaluate(await lines.innerText())
	await whatsAppWeb.getByRole('button', { name: 'Confirm with the passkey' }).click()
	await whatsAppWeb.getByRole('button', { name: /^Copied/ }).waitFor()
	const answer = await whatsAppWeb.evaluate('navigator.clipboard.readText()')
	await page.getByLabel('Answer of the browser').fill(String(answer))
	await page.getByRole('button', { name: 'Send the answer' }).click()
}

test('the console links a number with a passkey, with lines for the console of WhatsApp Web', async (t) => {
	const { owner, gateway, url, browser, scan } = await openWorld(t)
	const { page, check } = await openPage(browser, `${url}/console/add/main`)
	await signIn(page, ADMIN_KEY)
	await page.getByAltText(/QR code/).waitFor()
	await scan()
	await page.getByRole('heading', { name: 'WhatsApp asks for the passkey' }).waitFor()
	await page.getByText(/Time left: \d+:\d\d/).waitFor()
	await page.getByLabel('Answer of the browser').fill('{"id":')
	await page.getByRole('button', { name: 'Send the answer' }).click()
	await page.getByText('This is not the whole answer.').waitFor()
	await isAccessible(page, 'the passkey step')
	await confirmByHand(page, await openWhatsAppWeb(browser, owner))
	await page.getByText('Connected as +491700000001').waitFor()
	await gateway.becomes('main', 'open')
	check()
})

test('a pairing link does so too, by a pairing code, and a late answer has its code compared', async (t) => {
	const { owner, gateway, url, browser } = await openWorld(t, { passkeyTimes: { proofMs: 0 } })
	const made = await gateway.request('POST', '/api/v1/sessions/main/links', { language: 'en' })
	const link = made.body.url.replace('http://gateway.test', url)
	const { page, check } = await openPage(browser, link)
	await page.getByRole('button', { name: 'Type a code' }).click()
	await page.getByLabel('Phone number').fill('+49 170 0000001')
	await page.getByRole('button', { name: 'Get a code' }).click()
	await owner.entersCode(await page.locator('.pairing-code').innerText())
	await page.getByRole('heading', { name: 'WhatsApp asks for the passkey' }).waitFor()
	await isAccessible(page, 'the passkey step of a pairing link')
	await confirmByHand(page, await openWhatsAppWeb(browser, owner))
	await page.getByRole('heading', { name: 'Compare the code' }).waitFor()
	assert.equal(await page.locator('.pairing-code').innerText(), owner.passkeyCode)
	await isAccessible(page, 'the code of a passkey ceremony')
	await page.getByRole('button', { name: 'The phone shows the same' }).click()
	await page.getByText('Connected. You can close this page.').waitFor()
	check()
})

test('an extension signs, by its published messages; a failure stays until a person begins anew', async (t) => {
	const { owner, url, browser, scan } = await openWorld(t)
	const context = await browser.newContext()
	const page = await context.newPage()
	const wrong = owner.signsChallenge('bm90IHRoZSBjaGFsbGVuZ2U')
	let forge = true
	await page.exposeFunction('sign', (options: { challenge: string }) => {
		const right = owner.signsChallenge(options.challenge)
		// It belongs to another challenge: only WhatsApp can tell.
		const { signature } = wrong.response
		return forge ? { ...right, response: { ...right.response, signature } } : right
	})
	await page.addInitScript(`globalThis.chrome ??= {}
		chrome.runtime = {
			sendMessage(id, { type, challenge }, reply) {
				if (id !== 'ghpdcgnjffaaekflfpcgkgpbafmjldcp') return
				if (type === 'waha-passkey-ping') reply({ ok: true })
				else sign(challenge).then((assertion) => reply({ ok: true, assertion }))
			},
		}`)
	await page.goto(`${url}/console/add/main`)
	await signIn(page, ADMIN_KEY)
	await page.getByAltText(/QR code/).waitFor()
	await scan()
	await page.getByRole('button', { name: 'Confirm on WhatsApp Web' }).click()
	await page.getByRole('alert').filter({ hasText: 'WhatsApp refused the passkey' }).waitFor()
	forge = false
	await page.getByRole('button', { name: 'New QR code' }).click()
	await page.getByAltText(/QR code/).waitFor()
	await scan()
	await page.getByRole('button', { name: 'Confirm on WhatsApp Web' }).click()
	await page.getByText('Connected as +491700000001').waitFor()
	await context.close()
})
