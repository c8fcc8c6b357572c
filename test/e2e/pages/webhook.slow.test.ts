import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { seed } from '../../support/delivery/seed.ts'
import { addHook } from '../../support/delivery/world.ts'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { isAccessible, views } from './support/accessibility.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { go, isFocused, tabBackTo, tabTo, type } from './support/keys.ts'
import { openWorld } from './support/world.ts'

/** One attempt in a chat that the target refuses while it takes others; nothing is retried before the test is over. */
const schedule = { waits: [0, 3_600_000] }

/** A gateway with the messages 0, 1, 2 of two people in its log, which a webhook may ask for. */
async function openDesk(t: TestContext, delivery: object) {
	const world = await openWorld(t, { delivery: { schedule: delivery } })
	const journal = await world.gateway.sessions.get('main').journal()
	const begin = journal.events.last()
	await seed(journal, 2, 3)
	const browser = await openBrowser(t)
	async function hookTo(status: number) {
		const receiver = await openReceiver(t, () => status)
		const hook = await addHook(world.gateway, receiver.url, { from: begin })
		return { receiver, hook, path: `/console/webhooks/main/${hook.id}` }
	}
	async function open(path: string, options?: Parameters<typeof openPage>[2]) {
		const opened = await openPage(browser, `${world.url}${path}`, options)
		await signIn(opened.page, ADMIN_KEY)
		return opened
	}
	return { ...world, hookTo, open }
}

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('checkbox') })
const toolbar = (page: Page) => page.getByRole('group', { name: 'Selected events' })

test('events that wait for a webhook', async (t) => {
	const { gateway, hookTo, open } = await openDesk(t, schedule)
	const { receiver, hook, path } = await hookTo(503)
	await hook.waits(6)
	await until('both chats have failed', () => receiver.posts.length === 2)

	await t.test('some are selected and given up, by keyboard, after a question', async () => {
		const { page, context, check } = await open(path)
		await page.getByRole('button', { name: 'Waiting 6' }).waitFor()
		await rows(page).nth(5).waitFor()
		const giveUp = toolbar(page).getByRole('button', { name: 'Give up' })
		assert.ok(await giveUp.isDisabled())
		await tabTo(page, 'Select all')
		await page.keyboard.press('Space')
		await page.getByText('6 selected').waitFor()
		await page.keyboard.press('Space')
		const second = await rows(page).nth(2).getByRole('checkbox').evaluate(nameOfBox)
		await tabTo(page, second)
		await page.keyboard.press('Space')
		await page.getByText('1 selected').waitFor()
		assert.ok(await page.locator('.check input:indeterminate').isVisible())
		await tabBackTo(page, 'Give up')
		await page.keyboard.press('Enter')
		const dialog = page.getByRole('dialog', { name: 'Give these events up?' })
		await dialog.getByText('Events: 1.').waitFor()
		await until('the focus is on what does no harm', () => isFocused(page, 'Let them wait'))
		await page.keyboard.press('Enter')
		await dialog.waitFor({ state: 'detached' })
		await until('the focus comes back', () => isFocused(page, 'Give up'))
		assert.equal((await hook.state()).delivery.pending, 6)

		await page.keyboard.press('Enter')
		await dialog.getByText('Events: 1.').waitFor()
		await go(page, 'Give up')
		await page.getByRole('button', { name: 'Waiting 5' }).waitFor()
		await dialog.waitFor({ state: 'detached' })
		await until('it is gone', async () => (await rows(page).count()) === 5)
		assert.equal(await page.getByText(second).count(), 0)
		await until('the focus is on the heading', () => isFocused(page, placeOf(receiver.url)))
		check()
		await context.close()
	})

	await t.test('one that is being delivered is not given up, and the page says why', async () => {
		const { page, context, check } = await open(path)
		receiver.behaviour = () => undefined
		const before = receiver.posts.length
		await rows(page).first().getByRole('checkbox').check()
		await toolbar(page).getByRole('button', { name: 'Send again' }).click()
		await until('it is under way', () => receiver.posts.length > before)
		await page.getByText('1 selected').waitFor({ state: 'detached' })
		await rows(page).first().getByRole('checkbox').check()
		await toolbar(page).getByRole('button', { name: 'Give up' }).click()
		const dialog = page.getByRole('dialog')
		await dialog.getByRole('button', { name: 'Give up' }).click()
		await dialog
			.getByRole('alert')
			.filter({ hasText: /being delivered right now/ })
			.waitFor()
		await dialog.getByRole('button', { name: 'Let them wait' }).click()
		check()
		await context.close()
	})

	await t.test('axe finds nothing, and nothing scrolls sideways, at any width', async () => {
		for (const view of [...views, { width: 320 }]) {
			const { page, context, check } = await open(path, view)
			await rows(page).first().getByRole('checkbox').check()
			await isAccessible(page, `what waits in ${JSON.stringify(view)}`)
			await toolbar(page).getByRole('button', { name: 'Give up' }).click()
			await page.getByRole('dialog').waitFor()
			await isAccessible(page, `giving up in ${JSON.stringify(view)}`)
			check()
			await context.close()
		}
	})

	await t.test('under 720 px each event is a card', async () => {
		const { page, context } = await open(path, { width: 390 })
		const [first, second] = [await boxOf(rows(page).nth(0)), await boxOf(rows(page).nth(1))]
		assert.ok(second.y >= first.y + first.height)
		const cells = rows(page).first().getByRole('cell')
		const [event, chat] = [await boxOf(cells.nth(0)), await boxOf(cells.nth(1))]
		assert.ok(chat.y >= event.y + event.height, 'its parts are below each other')
		await context.close()
	})
	assert.equal((await gateway.request('GET', '/ready')).status, 200)
})

test('dead letters of a webhook', async (t) => {
	const { gateway, hookTo, open } = await openDesk(t, { waits: [0] })

	await t.test('the dialog with an event stays while the list empties', async () => {
		const { receiver, hook, path } = await hookTo(422)
		await until('all are given up', async () => (await hook.state()).delivery?.dead === 6)
		const { page, context, check } = await open(path)
		await page.getByRole('button', { name: 'Given up 6' }).click()
		await rows(page).first().getByRole('button').click()
		await page.getByRole('dialog').waitFor()
		receiver.behaviour = () => 204
		const replay = path.replace('/console/webhooks/main', '/api/v1/sessions/main/webhooks')
		await gateway.request('POST', `${replay}/replay`, { state: 'dead' })
		await page.getByText('Given up 0').waitFor()
		await until('the list is empty', async () => (await rows(page).count()) === 0)
		await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
		await page.getByText('Nothing was given up.').waitFor()
		check()
		await context.close()
	})

	await t.test('Send all again brings them, in the order of their chats', async () => {
		const { receiver, hook, path } = await hookTo(422)
		await until('all are given up', async () => (await hook.state()).delivery?.dead === 6)
		const { page, context, check } = await open(path)
		await page.getByRole('button', { name: 'Given up 6' }).click()
		await page.getByText('answered 422').first().waitFor()
		receiver.behaviour = () => 204
		const before = receiver.posts.length
		await page.getByRole('button', { name: 'Send all again' }).click()
		await page.getByRole('button', { name: 'Given up 0' }).waitFor()
		await page.getByText('Nothing was given up.').waitFor()
		await page.getByText(/Last: 204/).waitFor()
		const again = receiver.posts.slice(before).map(({ event }) => event.data.message_id)
		for (const chat of ['M0', 'M1'])
			assert.deepEqual(
				again.filter((id) => id.startsWith(chat)),
				[`${chat}.0`, `${chat}.1`, `${chat}.2`],
			)
		check()
		await context.close()
	})

	await t.test('some are sent again and some deleted, by keyboard', async () => {
		const { receiver, hook, path } = await hookTo(422)
		await until('all are given up', async () => (await hook.state()).delivery?.dead === 6)
		receiver.behaviour = () => 204
		const before = receiver.posts.length
		const { page, context, check } = await open(path)
		await go(page, 'Given up 6')
		await rows(page).nth(5).waitFor()
		await tabTo(page, await rows(page).nth(0).getByRole('checkbox').evaluate(nameOfBox))
		await page.keyboard.press('Space')
		await tabBackTo(page, 'Send again')
		await page.keyboard.press('Enter')
		await page.getByRole('button', { name: 'Given up 5' }).waitFor()
		await until('it has arrived', () => receiver.posts.length === before + 1)
		await tabTo(page, 'Select all')
		await page.keyboard.press('Space')
		await go(page, 'Delete')
		await until('the focus is on what does no harm', () => isFocused(page, 'Keep them'))
		await go(page, 'Delete')
		await page.getByText('Nothing was given up.').waitFor()
		assert.equal((await hook.deliveries('dead')).total, 0)
		check()
		await context.close()
	})
})

test('a number by its menu', async (t) => {
	const { url, gateway, owner, sandbox } = await openWorld(t)
	const browser = await openBrowser(t)
	const { page, context, check } = await openPage(browser, `${url}/console/numbers/main`)
	await signIn(page, ADMIN_KEY)

	await t.test('is renamed by keyboard', async () => {
		await go(page, 'More for main')
		await go(page, 'Rename')
		await tabTo(page, 'Name')
		await page.keyboard.press('ControlOrMeta+a')
		await type(page, 'Oak & Iron', 'Enter')
		await page.getByRole('heading', { name: 'Oak & Iron' }).waitFor()
	})

	await t.test(
		'is logged out after a question, by keyboard; the phone has forgotten it',
		async () => {
			await go(page, 'More for Oak & Iron')
			await go(page, 'Log out')
			await until('the focus is on what does no harm', () => isFocused(page, 'Stay linked'))
			await page.keyboard.press('Enter')
			await until('the focus comes back', () => isFocused(page, 'More for Oak & Iron'))
			assert.equal(await gateway.statusOf('main'), 'open')
			await page.keyboard.press('Enter')
			await go(page, 'Log out')
			await page.getByText('linking again needs a scan').waitFor()
			await go(page, 'Log out')
			await page.getByRole('link', { name: 'Show QR code' }).waitFor()
			await page.getByText('No phone linked').waitFor()
			assert.notEqual(await gateway.statusOf('main'), 'open')
		},
	)

	await t.test('is linked again, and deleted only when its id is typed', async () => {
		const { body } = await gateway.request('GET', '/api/v1/sessions/main/qr')
		sandbox.phone(owner.account.phone, { name: 'Owner' }).scans(body.qr)
		await page.getByText('Connected', { exact: true }).waitFor()
		await go(page, 'More for Oak & Iron')
		await go(page, 'Delete')
		const forGood = page.getByRole('button', { name: 'Delete for good' })
		await tabTo(page, 'Id of the number')
		await type(page, 'mai')
		assert.ok(await forGood.isDisabled())
		await type(page, 'n')
		await go(page, 'Delete for good')
		await page.getByRole('heading', { name: 'Numbers' }).waitFor()
		assert.equal((await gateway.request('GET', '/api/v1/sessions/main')).status, 404)
	})
	check()
	await context.close()
})

const placeOf = (url: string) => url.replace('http://', '')

/** Runs in the page. */
const nameOfBox = (box: { labels?: ArrayLike<{ innerText: string }> } | unknown) =>
	(box as { labels: ArrayLike<{ innerText: string }> }).labels[0]!.innerText.trim()

async function boxOf(element: ReturnType<typeof rows>) {
	return (await element.boundingBox())!
}
