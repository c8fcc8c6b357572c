import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { isAccessible } from './support/accessibility.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { go, isFocused, tabTo, type } from './support/keys.ts'
import { openWorld } from './support/world.ts'

test('events and Try it', async (t) => {
	const { url, gateway, ada, owner } = await openWorld(t)
	const browser = await openBrowser(t)
	const open = async (path: string, options?: Parameters<typeof openPage>[2]) => {
		const opened = await openPage(browser, `${url}/console${path}`, options)
		await signIn(opened.page, ADMIN_KEY)
		return opened
	}

	await t.test('a kind is found by typing, chosen and sent, by keyboard', async () => {
		const { page, context, check } = await open('/try')
		await tabTo(page, 'To')
		await type(page, ada.account.phone)
		await tabTo(page, 'Find a kind')
		await type(page, 'no such thing')
		await page.getByText('No kind is found').waitFor()
		await page.keyboard.press('Enter')
		await page.keyboard.press('ControlOrMeta+a')
		await type(page, 'poll')
		await page.getByText(/^Enter chooses Poll/).waitFor()
		const listed = await page.getByLabel('Kind', { exact: true }).locator('option').allInnerTexts()
		assert.ok(listed.length < 10 && listed.includes('Poll'), listed.join())
		await page.keyboard.press('Enter')
		await until('the kind is chosen', async () =>
			(await page.getByLabel('Kind', { exact: true }).inputValue()).startsWith('poll'),
		)
		assert.equal(await page.getByLabel('Find a kind').inputValue(), '')
		assert.equal(await page.getByText(/^Message /).count(), 0, 'Enter sent nothing')
		await tabTo(page, 'Question')
		await type(page, 'Which day?')
		await tabTo(page, 'Options')
		await type(page, 'Thursday', 'Enter')
		await type(page, 'Friday')
		await go(page, 'Send')
		await page.getByText(/Message .*: (sent|delivered)/).waitFor()
		check()
		await context.close()
	})

	await t.test(
		'the steps of a message are ticks in one line; a key shows the JSON of each',
		async () => {
			const { page, context, check } = await open('/events')
			const { body } = await gateway.request('POST', '/api/v1/sessions/main/messages/text', {
				to: ada.account.phone,
				text: 'Is it there?',
			})
			const lines = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
			const received = await ada.receives('Is it there?')
			assert.equal(received.copies, 1)
			ada.reads(received)
			const line = lines.filter({ hasText: /A message to/ }).filter({ hasText: 'Read' })
			await line.waitFor()
			assert.equal(await line.count(), 1)
			assert.match(await line.innerText(), /Sent[^]*Delivered[^]*Read/)
			await page.getByLabel('Kind').selectOption('message.status')
			await line.waitFor()
			await page.getByLabel('Person or text').fill('is delivered')
			await line.waitFor()
			await page.getByLabel('Person or text').fill(body.message_id)
			await until('only its line is left', async () => (await lines.count()) === 1)
			await page.getByLabel('Person or text').focus()
			await page.keyboard.press('Tab')
			await page.keyboard.press('Enter')
			for (const status of ['sent', 'delivered', 'read'])
				await page
					.getByRole('region', { name: new RegExp(`is ${status}$`) })
					.getByText(`"status": "${status}"`)
					.waitFor()
			check()
			await context.close()
		},
	)

	await t.test('Pause is pressed by keyboard, and what came meanwhile shows then', async () => {
		const { page, context, check } = await open('/events')
		await go(page, 'Pause')
		await until('it is paused', () => isFocused(page, 'Go on'))
		await ada.says('While it was paused', { to: owner })
		await gateway.request('GET', '/health')
		await page.keyboard.press('Enter')
		await page.getByText('Ada wrote: While it was paused').waitFor()
		check()
		await context.close()
	})

	await t.test(
		'axe finds nothing with an event and a search open, in either mode and at 320 px',
		async () => {
			for (const view of [{ width: 320 }, { colorScheme: 'dark' }] as const) {
				const { page, context, check } = await open('/events', view)
				await page
					.getByRole('button', { name: /A message to/ })
					.first()
					.click()
				await isAccessible(page, `events in ${JSON.stringify(view)}`)
				await page.goto(`${url}/console/try`)
				await page.getByLabel('Find a kind').fill('list')
				await isAccessible(page, `Try it in ${JSON.stringify(view)}`)
				check()
				await context.close()
			}
		},
	)
})
