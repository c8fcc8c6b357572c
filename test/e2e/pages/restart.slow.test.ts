import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { startSandbox } from '../../../gateway/src/sandbox/index.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { ADMIN_KEY, startGateway } from '../../support/gateway-process.ts'
import { freePort } from '../../support/ports.ts'
import { until } from '../../support/wait.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'

test('a gateway that is killed under its open pages', async (t) => {
	const sandbox = await startSandbox({ servesControl: true })
	sandbox.whatsapp.preKeysOfNewDevices = 1
	atEnd(t, () => sandbox.close())
	const home = await temporaryDirectory(t)
	const port = await freePort()
	const start = () =>
		startGateway({
			port,
			dataDir: join(home, 'data'),
			log: join(home, 'gateway.log'),
			sandbox: sandbox.wsUrl.replace('ws:', 'http:').replace('/ws/chat', ''),
		})
	let gateway = await start()
	atEnd(t, () => gateway.stop())
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	await gateway.link('main', owner.account.phone)
	for (const id of ['console', 'client']) await gateway.request('POST', '/api/v1/sessions', { id })
	const { url: link } = await gateway.request<{ url: string }>(
		'POST',
		'/api/v1/sessions/client/links',
		{},
	)
	const browser = await openBrowser(t)

	const statusOf = async (id: string) =>
		(await gateway.request<{ status: string }>('GET', `/api/v1/sessions/${id}`)).status

	async function open(path: string) {
		const opened = await openPage(browser, `${gateway.url}${path}`)
		await signIn(opened.page, ADMIN_KEY)
		return opened.page
	}
	const events = await open('/console/events')
	const adding = await open('/console/add')
	const trying = await open('/console/try')
	const scanning = await open('/console/add/console')
	const { page: client } = await openPage(browser, link.replace(/^.*\/link/, `${gateway.url}/link`))

	await ada.says('Before', { to: owner })
	await events.getByText('Ada wrote: Before').waitFor()
	await adding.getByLabel('Name').fill('Half a name')
	for (const page of [scanning, client]) await page.getByAltText(/QR code/).waitFor()
	await gateway.kill()

	await t.test('they say so, keep what was typed, and send nothing', async () => {
		for (const page of [events, adding, trying, scanning, client])
			await page.getByText(/^Not live:/).waitFor()
		await events.getByText('Ada wrote: Before').waitFor()
		assert.equal(await adding.getByLabel('Name').inputValue(), 'Half a name')
		assert.ok(await adding.getByRole('button', { name: 'Continue' }).isDisabled())
		assert.ok(await trying.getByRole('button', { name: 'Send' }).isDisabled())
	})

	const said = Array.from({ length: 120 }, (_, count) => `While it was dead: ${count}.`)
	for (const text of said) await ada.says(text, { to: owner })
	gateway = await start()

	await t.test('then they are live again, and nothing is missing or there twice', async () => {
		for (const page of [events, adding, trying, scanning])
			await page.getByText('Live', { exact: true }).waitFor()
		for (const page of [events, client])
			await page.getByText(/^Not live:/).waitFor({ state: 'detached' })
		await events.getByText('Ada wrote: While it was dead: 119.', { exact: true }).waitFor()
		await ada.says('After', { to: owner })
		await events.getByText('Ada wrote: After').waitFor()
		const shown = await events.getByText(/^Ada wrote:/).allInnerTexts()
		const { events: kept } = await gateway.request<{ events: { data: { text: string } }[] }>(
			'GET',
			'/api/v1/sessions/main/events?types=message.received&limit=1000',
		)
		const texts = kept.map(({ data }) => data.text)
		assert.deepEqual(texts.toSorted(), ['Before', ...said, 'After'].toSorted())
		assert.deepEqual(
			shown.toReversed(),
			texts.map((text) => `Ada wrote: ${text}`),
		)
		assert.equal(await adding.getByLabel('Name').inputValue(), 'Half a name')
		await adding.getByRole('button', { name: 'Continue' }).click()
		await adding.getByRole('heading', { name: 'Link Half a name' }).waitFor()
	})

	await t.test('a QR code of before is followed by one that can be scanned', async () => {
		const codes = {
			console: () => scanning.getByText('Connected as +491700000011').waitFor(),
			client: () => client.getByText('Connected. You can close this page.').waitFor(),
		}
		for (const [index, [id, isLinked]] of Object.entries(codes).entries()) {
			// What the page shows is what the gateway waits for: nobody else asks for a code here.
			await until(`${id} links`, async () => (await statusOf(id)) === 'linking')
			const { qr } = await gateway.request<{ qr: string }>('GET', `/api/v1/sessions/${id}/qr`)
			sandbox.phone(`49170000001${index + 1}`, { name: id }).scans(qr)
			await isLinked()
		}
	})
})
