import { join } from 'node:path'
import { test } from 'node:test'
import { ADMIN_KEY, openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { addAuthenticator, openFirefox } from './support/firefox.ts'
import { servePage } from './support/whatsapp-web.ts'
import { listen } from './support/world.ts'

const EXTENSION = join(import.meta.dirname, '../../../extension/dist/firefox')
const WHATSAPP_WEB = 'https://web.whatsapp.com/'
/** The extension's card, which is in a shadow root. */
const CARD = `document.querySelector('body > div:last-of-type')?.shadowRoot?.querySelector('section')`

test('our extension confirms on WhatsApp Web in Firefox, and the page that opened it goes on by itself', async (t) => {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	owner.hasPasskey()
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	// By a name, as in a local network: Firefox is less strict about HTTP to 127.0.0.1.
	const host = `gateway.test:${new URL(await listen(t, gateway, sandbox)).port}`
	const whatsAppWeb = await servePage(t)
	const firefox = await openFirefox(t, {
		'network.dns.forceResolve': '127.0.0.1',
		'network.socket.forcePort': `443=${whatsAppWeb.port}`,
	})
	t.diagnostic(`Firefox ${firefox.version}`)
	await firefox.install(EXTENSION)
	await addAuthenticator(firefox, owner.account.passkey!.credential)
	const cardSays = (text: string) =>
		until(`the card says "${text}"`, () =>
			firefox.run<boolean>(`return ${CARD}?.innerText.includes(arguments[0])`, text),
		)

	await firefox.goto(`http://${host}/console/add/main`)
	await firefox.type(await firefox.find('//input[@name="key"]'), ADMIN_KEY)
	await firefox.click(await firefox.find('//button[.="Sign in"]'))
	await firefox.find('//img[contains(@alt, "QR code")]')
	owner.scans((await gateway.request('GET', '/api/v1/sessions/main/qr')).body.qr)
	const page = await firefox.tab()
	const link = await firefox.find('//a[.="Open WhatsApp Web"]')
	await firefox.follow(() => firefox.click(link))
	await cardSays('Link this number?')
	await cardSays(`${host} will be able to read`)
	await until(
		'the token is gone from the address',
		async () => (await firefox.address()) === WHATSAPP_WEB,
	)
	await firefox.click(await firefox.findWith(`return ${CARD}?.querySelector('button:enabled')`))
	await cardSays('Done. Go back to the page that you came from.')
	await firefox.switchTo(page)
	await firefox.find('//*[contains(text(), "Connected as +491700000001")]')
	await gateway.becomes('main', 'open')
	// The request is answered: its address opens nothing any more.
	const door = encodeURIComponent(`http://${host}/passkey/${'x'.repeat(43)}`)
	await firefox.goto(`${WHATSAPP_WEB}#whatsapp-gateway-passkey=${door}`)
	await cardSays('This request for a passkey was answered or has expired.')
})
