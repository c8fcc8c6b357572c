import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { MINUTE_MS } from '../../gateway/src/lib/units.ts'
import { startGateway, type Gateway } from '../support/gateway-process.ts'
import { buildPages } from '../support/pack.ts'
import { ROOT } from '../support/paths.ts'
import type { Page as SavedPage } from './browser.js'
import { save } from './save.ts'

/** The pictures show the same time whenever they are taken: the gateway's clock begins here, and the browsers' stands later. */
const OPENING_TIME = Date.parse('2026-11-27T09:40:00Z')
const SHOWN_TIME = OPENING_TIME + MINUTE_MS

const SHOP = '491700000001'
const ANNA = '491700000002'
const SESSION = 'main'

/** A picture: an address below the gateway's, the size of the window, and what to wait for. */
type Shot = {
	name: string
	path: string
	width: number
	height: number
	mode?: 'light' | 'dark'
	shows: string
}

const shots: Shot[] = [
	{ name: 'phone', path: `/console/phone/${ANNA}`, width: 1200, height: 860, shows: 'Which day' },
	{
		name: 'phone-dark',
		path: `/console/phone/${ANNA}`,
		width: 390,
		height: 844,
		mode: 'dark',
		shows: 'Which day',
	},
	{ name: 'numbers', path: '/console', width: 1000, height: 460, shows: 'Connected' },
	{ name: 'webhook', path: '/console/webhooks', width: 1000, height: 420, shows: 'test address' },
]

/** A shop that is linked and has talked to Anna, a salon that waits for a scan, and a webhook that is not taken. */
async function prepare(gateway: Gateway, refusing: string): Promise<void> {
	await gateway.person(SHOP, 'Oak & Iron')
	await gateway.person(ANNA, 'Anna Weber')
	await gateway.link(SESSION, SHOP)
	const { request } = gateway
	await request('PATCH', `/api/v1/sessions/${SESSION}`, { name: 'Oak & Iron' })
	await request('POST', '/api/v1/sessions', { id: 'client-42', name: 'Salon Marie' })
	await request('POST', `/api/v1/sessions/${SESSION}/webhooks`, {
		url: `${refusing}/webhook-test/orders`,
		events: ['message.received'],
	})
	const send = (type: string, body: object) =>
		request('POST', `/api/v1/sessions/${SESSION}/messages/${type}`, { to: ANNA, ...body })
	await gateway.says(ANNA, SHOP, 'Do you have the oak table in 180 cm?')
	await send('text', { text: 'Yes, *two* are left. We can deliver it this week.' })
	await gateway.says(ANNA, SHOP, 'Lovely. I take it!')
	await send('poll', {
		name: 'Which day suits you?',
		options: ['Thursday', 'Friday', 'Saturday'],
	})
	await send('buttons', {
		content_text: 'How would you like to pay?',
		buttons: [{ display_text: 'Cash' }, { display_text: 'Card' }],
	})
}

async function photograph(browser: Browser, gateway: Gateway, shot: Shot): Promise<void> {
	const { name, path, width, height, mode = 'light', shows } = shot
	const context = await browser.newContext({
		viewport: { width, height },
		colorScheme: mode,
		locale: 'en-GB',
		timezoneId: 'Europe/Berlin',
		reducedMotion: 'reduce',
	})
	await context.clock.setFixedTime(SHOWN_TIME)
	const page = await context.newPage()
	await page.goto(`${gateway.url}${path}`)
	if (path.startsWith('/console')) {
		await page.getByLabel('API key').fill(gateway.adminKey)
		await page.getByRole('button', { name: 'Sign in' }).click()
	}
	if (name.startsWith('phone'))
		await page.getByRole('navigation', { name: 'Chats' }).getByRole('link').click()
	await page.getByText(shows).filter({ visible: true }).first().waitFor()
	await save(page as SavedPage, { x: 0, y: 0, width, height }, `docs/screens/${name}.png`)
	await context.close()
}

async function listen(server: Server): Promise<string> {
	await once(server.listen(0, '127.0.0.1'), 'listening')
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A link as a client sees it. */
async function pairingShot(gateway: Gateway): Promise<Shot> {
	const { url } = await gateway.request<{ url: string }>(
		'POST',
		'/api/v1/sessions/client-42/links',
		{ brand: 'Bright Bookings', note: 'Link your salon, so that bookings are answered.' },
	)
	const path = url.replace(gateway.url, '')
	return { name: 'pairing-link', path, width: 1000, height: 860, shows: 'A new code comes' }
}

/** Pictures of the gateway's web pages, for the README and docs/console.md. */
export async function photographPages(): Promise<void> {
	const home = mkdtempSync(join(tmpdir(), 'screens-'))
	await buildPages()
	const gateway = await startGateway({
		dataDir: join(home, 'data'),
		log: join(home, 'log'),
		program: [
			'--import',
			join(ROOT, 'test/support/other-clock.ts'),
			join(ROOT, 'gateway/src/main.ts'),
		],
		env: { CLOCK_OFFSET: String(OPENING_TIME - Date.now()) },
	})
	/** As n8n answers at a test address that nobody listens at. */
	const refusing = createServer((_, response) => void response.writeHead(404).end())
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox'],
	})
	try {
		await prepare(gateway, await listen(refusing))
		for (const shot of [...shots, await pairingShot(gateway)])
			await photograph(browser, gateway, shot)
	} finally {
		await browser.close()
		refusing.close()
		await gateway.stop()
		rmSync(home, { recursive: true, force: true })
	}
}
