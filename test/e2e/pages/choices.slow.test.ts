import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { textOf } from '../../../gateway/src/sandbox/phone/inbox.ts'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { openWorld } from './support/world.ts'

const HOOK = 'http://127.0.0.1:9/hook'
const NUMBERS = '/api/v1/sessions'

test('the console acts on the chosen number, and once', async (t) => {
	const { url, gateway, ada } = await openWorld(t)
	const browser = await openBrowser(t)
	async function open(path: string, key = ADMIN_KEY) {
		const opened = await openPage(browser, url + path)
		await signIn(opened.page, key)
		return opened
	}
	const addTemp = () => gateway.request('POST', NUMBERS, { id: 'temp', name: 'Temp' })
	const removeTemp = () => gateway.request('DELETE', `${NUMBERS}/temp`)
	const chosen = (page: Page, label: string) =>
		page.getByLabel(label).evaluate((select: any) => select.selectedOptions[0]?.text as string)
	const shows = (page: Page, label: string, text: string) =>
		until(`${label} shows ${text}`, async () => (await chosen(page, label)) === text)
	const keys = async () =>
		(await gateway.request('GET', '/api/v1/keys')).body.keys as {
			role: string
			sessions: string[]
		}[]
	const webhooks = async () =>
		(await gateway.request('GET', `${NUMBERS}/main/webhooks`)).body.webhooks as object[]

	await t.test('a key for a number that is deleted meanwhile is none for another', async () => {
		await addTemp()
		const { page, context, check } = await open('/console/keys')
		await page.getByLabel('Name').fill('shop')
		await page.getByLabel('For').selectOption('temp')
		await removeTemp()
		await shows(page, 'For', 'temp (no longer there)')
		const before = (await keys()).length
		await page.getByRole('button', { name: 'New key' }).click()
		await until('it is answered', async () => {
			const isMade = (await keys()).length > before
			return isMade || (await page.getByRole('alert').allInnerTexts()).some(Boolean)
		})
		for (const { role, sessions } of (await keys()).slice(before))
			assert.deepEqual([role, sessions], ['member', ['temp']])
		check()
		await context.close()
	})

	await t.test('a webhook for a number that is deleted meanwhile is none for another', async () => {
		await addTemp()
		const { page, context, check } = await open('/console/webhooks/new')
		await page.getByLabel('Number').selectOption('temp')
		await page.getByLabel('Goes to').fill(HOOK)
		await removeTemp()
		await shows(page, 'Number', 'temp (no longer there)')
		await page.getByRole('button', { name: 'Add', exact: true }).click()
		await page.getByText(/session temp/i).waitFor()
		assert.deepEqual(await webhooks(), [])
		check()
		await context.close()
	})

	await t.test('a webhook for no event is refused, and is none for all', async () => {
		const { page, context, check } = await open('/console/webhooks/new')
		await page.getByLabel('Goes to').fill(HOOK)
		await page.getByLabel('Events').fill(' , ')
		await page.getByRole('button', { name: 'Add', exact: true }).click()
		await page.getByText('Name at least one event').waitFor()
		assert.deepEqual(await webhooks(), [])
		check()
		await context.close()
	})

	await t.test('a double click sends one message', async () => {
		const { page, context, check } = await open('/console/try')
		await page.getByLabel('To', { exact: true }).fill(ada.account.phone)
		await page.getByLabel('Text').fill('clicked twice')
		await page.getByRole('button', { name: 'Send', exact: true }).click()
		await page.getByText(/Message .*: (sent|delivered)/).waitFor()
		// As a browser tells the second click of two, which may come when the first is answered.
		await page.mouse.down({ clickCount: 2 })
		await page.mouse.up({ clickCount: 2 })
		await page.getByLabel('Text').fill('the next one')
		await page.getByRole('button', { name: 'Send', exact: true }).click()
		await ada.receives('the next one')
		const texts = ada.inbox.entries.map(({ message }) => textOf(message))
		assert.equal(texts.filter((text) => text === 'clicked twice').length, 1)
		check()
		await context.close()
	})

	await t.test('a number that is connected later can send', async () => {
		await gateway.request('POST', `${NUMBERS}/main/disconnect`)
		const { page, context, check } = await open('/console/try')
		await page.getByText('No number is connected.').waitFor()
		await page.getByLabel('To', { exact: true }).fill(ada.account.phone)
		await page.getByLabel('Text').fill('connected late')
		await gateway.request('POST', `${NUMBERS}/main/connect`)
		await page.getByRole('button', { name: 'Send', exact: true }).click()
		await ada.receives('connected late')
		check()
		await context.close()
	})

	await t.test(
		'a person who rotates their own key stays signed in, and sees the new one',
		async () => {
			const { body } = await gateway.request('POST', '/api/v1/keys', {
				name: 'mine',
				role: 'admin',
			})
			const { page, context, check } = await open('/console/keys', body.key)
			await page.getByRole('button', { name: 'Rotate mine' }).click()
			const secret = await page.getByText(/^wag_/).innerText()
			await page.getByRole('button', { name: 'Copy' }).click()
			assert.notEqual(secret, body.key)
			assert.equal(await page.getByRole('dialog').count(), 0)
			await page.reload()
			await page.getByRole('button', { name: 'Rotate mine' }).waitFor()
			check()
			await context.close()
		},
	)

	await t.test('a secret that is not copied yet does not say that it is', async () => {
		const { page, context, check } = await open('/console/keys')
		const make = async (name: string) => {
			await page.getByLabel('Name').fill(name)
			await page.getByRole('button', { name: 'New key' }).click()
			await page.getByRole('cell', { name, exact: true }).waitFor()
		}
		await make('first')
		await page.getByRole('button', { name: 'Copy' }).click()
		await page.getByRole('button', { name: /Copied|Selected/ }).waitFor()
		await make('second')
		await page.getByRole('button', { name: 'Copy', exact: true }).waitFor()
		check()
		await context.close()
	})

	await t.test('a filter shows what it filters by, also when that is gone', async () => {
		await addTemp()
		const { page, context, check } = await open('/console/events')
		await page.getByLabel('Number').selectOption('temp')
		await removeTemp()
		await shows(page, 'Number', 'temp (no longer there)')
		check()
		await context.close()
	})

	await t.test('older events that could not be read can be asked for again', async () => {
		const { page, context } = await open('/console/events')
		const button = page.getByRole('button', { name: 'Show older ones' })
		await context.setOffline(true)
		await button.click()
		await page.getByText('The gateway does not answer.').waitFor()
		await context.setOffline(false)
		await button.click()
		await page.getByText('The gateway does not answer.').waitFor({ state: 'detached' })
		await context.close()
	})

	await t.test('after a number is deleted on its page, the list of numbers is shown', async () => {
		await addTemp()
		const { page, context, check } = await open('/console/numbers/temp')
		await page.getByLabel('More for Temp').click()
		await page.getByRole('button', { name: 'Delete', exact: true }).click()
		await page.getByLabel('Id of the number').fill('temp')
		await page.getByRole('button', { name: 'Delete for good' }).click()
		await page.getByRole('heading', { name: 'Numbers' }).waitFor()
		check()
		await context.close()
	})
})
