import { join } from 'node:path'
import { test } from 'node:test'
import { chromium } from 'playwright-core'
import { ADMIN_KEY, atEnd, openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { temporaryDirectory } from '../../support/directories.ts'
import { EXECUTABLE, signIn } from './support/browser.ts'
import { addAuthenticator, serveWhatsAppWeb } from './support/whatsapp-web.ts'
import { listen } from './support/world.ts'

const EXTENSION = join(import.meta.dirname, '../../../extension/dist/chromium')

test('our extension confirms on WhatsApp Web, and the page that opened it goes on by itself', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	owner.hasPasskey()
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const url = await listen(t, gateway, sandbox)
	const context = await chromium.launchPersistentContext(await temporaryDirectory(t), {
		executablePath: EXECUTABLE,
		args: [
			'--no-sandbox',
			`--disable-extensions-except=${EXTENSION}`,
			`--load-extension=${EXTENSION}`,
			...(await serveWhatsAppWeb(t)),
		],
	})
	atEnd(t, () => context.close())
	const page = await context.newPage()
	await page.goto(`${url}/console/add/main`)
	await signIn(page, ADMIN_KEY)
	await page.getByAltText(/QR code/).waitFor()
	owner.scans((await gateway.request('GET', '/api/v1/sessions/main/qr')).body.qr)
	const opened = context.waitForEvent('page')
	await page.getByRole('link', { name: 'Open WhatsApp Web' }).click()
	const whatsAppWeb = await opened
	await addAuthenticator(whatsAppWeb, owner.account.passkey!.credential)
	await whatsAppWeb.getByRole('heading', { name: 'Link this number?' }).waitFor()
	await whatsAppWeb.getByText(`${new URL(url).host} will be able to read`).waitFor()
	await whatsAppWeb.waitForURL('https://web.whatsapp.com/')
	await whatsAppWeb.getByRole('button', { name: 'Confirm with the passkey' }).click()
	await whatsAppWeb.getByText('Done. Go back to the page that you came from.').waitFor()
	await page.getByText('Connected as +491700000001').waitFor()
	await gateway.becomes('main', 'open')
	// The request is answered: its address opens nothing any more.
	const again = await context.newPage()
	const door = encodeURIComponent(`${url}/passkey/${'x'.repeat(43)}`)
	await again.goto(`https://web.whatsapp.com/#whatsapp-gateway-passkey=${door}`)
	await again.getByText('This request for a passkey was answered or has expired.').waitFor()
})
