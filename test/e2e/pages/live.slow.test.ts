import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { ADMIN_KEY, atEnd } from '../../support/gateway/gateway.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { openWorld } from './support/world.ts'

/** After so much silence a page is not live. */
const SILENCE_MS = 30_000

/** A proxy that passes everything on, but keeps the body of the news as long as it buffers, as nginx does with `proxy_buffering on`. */
async function openProxy(t: TestContext, target: string) {
	const flushes = new Set<() => void>()
	let isBuffering = false
	const server = createServer((incoming, outgoing) => {
		const { method, url, headers } = incoming
		const passed = request(target + url, { method, headers }, (answer) => {
			outgoing.writeHead(answer.statusCode!, answer.headers)
			outgoing.flushHeaders()
			if (!url!.includes('/news')) return void answer.pipe(outgoing)
			const kept: Buffer[] = []
			const flush = () => {
				if (!isBuffering) for (const chunk of kept.splice(0)) outgoing.write(chunk)
			}
			flushes.add(flush)
			answer.on('data', (chunk: Buffer) => {
				kept.push(chunk)
				flush()
			})
			answer.on('error', () => outgoing.destroy())
			answer.on('end', () => outgoing.end())
		})
		passed.on('error', () => outgoing.destroy())
		outgoing.on('close', () => passed.destroy())
		incoming.pipe(passed)
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	atEnd(t, () => {
		server.closeAllConnections()
		server.close()
	})
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		buffers(does: boolean) {
			isBuffering = does
			for (const flush of flushes) flush()
		},
	}
}

test('behind a proxy that holds the news back', async (t) => {
	const { url, owner, ada } = await openWorld(t)
	const proxy = await openProxy(t, url)
	const browser = await openBrowser(t)
	const address = `${proxy.url}/console/events`
	const { page, context, check } = await openPage(browser, address, { hasClock: true })
	await signIn(page, ADMIN_KEY)
	await page.getByText('Live', { exact: true }).waitFor()
	await ada.says('Before', { to: owner })
	await page.getByText('Ada wrote: Before').waitFor()
	const notLive = page.getByText(/^Not live:/)

	await t.test('the page says Not live after half a minute', async () => {
		proxy.buffers(true)
		await ada.says('Held back', { to: owner })
		await page.clock.fastForward(SILENCE_MS)
		await notLive.waitFor()
		assert.ok(await page.getByText('Ada wrote: Before').isVisible(), 'what it has stays')
		assert.equal(await page.getByText('Ada wrote: Held back').count(), 0)
	})

	await t.test('it stays so when only the head of a new stream comes', async () => {
		const isAnswered = page.waitForResponse(/\/news/)
		await page.clock.fastForward(SILENCE_MS)
		await isAnswered
		await page.getByRole('button', { name: 'Pause' }).click()
		assert.ok(await notLive.isVisible())
		await page.getByRole('button', { name: 'Go on' }).click()
	})

	await t.test(
		'it is live as soon as the proxy lets the news through, and misses nothing',
		async () => {
			proxy.buffers(false)
			await page.getByText('Live', { exact: true }).waitFor()
			await notLive.waitFor({ state: 'detached' })
			await page.getByText('Ada wrote: Held back').waitFor()
			await ada.says('After', { to: owner })
			await page.getByText('Ada wrote: After').waitFor()
			assert.equal(await page.getByText('Ada wrote: Held back').count(), 1)
		},
	)

	await t.test(
		'a page that is opened meanwhile says so too, and comes when the news do',
		async () => {
			proxy.buffers(true)
			await page.reload()
			await page.getByText('Not live', { exact: true }).waitFor()
			await page.clock.fastForward(SILENCE_MS)
			await page.getByText('Not live', { exact: true }).waitFor()
			proxy.buffers(false)
			await page.getByText('Live', { exact: true }).waitFor()
			await page.getByText('Ada wrote: After').waitFor()
		},
	)
	check()
	await context.close()
})
