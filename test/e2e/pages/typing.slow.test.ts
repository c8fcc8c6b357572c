import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { openWorld } from './support/world.ts'

/** A form, a text for one of its fields, and the gateway's refusal. */
type Case = {
	form: string
	path: string
	open(page: Page): Promise<void>
	label: string
	typed: string
	submit: string
	refused: RegExp
}

const cases: Case[] = [
	{
		form: 'a new webhook',
		path: '/console/webhooks/new',
		open: async () => {},
		label: 'Goes to',
		typed: 'ftp://127.0.0.1/hook',
		submit: 'Add',
		refused: /must be a URL/,
	},
	{
		form: 'the events of a new webhook',
		path: '/console/webhooks/new',
		open: (page) => page.getByLabel('Goes to').fill('http://127.0.0.1:9/hook'),
		label: 'Events',
		typed: 'message.recieved',
		submit: 'Add',
		refused: /must be one of/,
	},
	{
		form: 'a webhook that is changed',
		path: '/console/webhooks/main/HOOK',
		open: (page) => page.getByRole('button', { name: 'Change' }).click(),
		label: 'Goes to',
		typed: 'ftp://127.0.0.1/hook',
		submit: 'Save',
		refused: /must be a URL/,
	},
	{
		form: 'a new person of the simulated phone',
		path: '/console/phone',
		async open(page) {
			await page.getByRole('button', { name: 'New person' }).click()
			await page.getByRole('textbox', { name: 'Name' }).fill('Eve')
		},
		label: 'Phone number',
		typed: '12',
		submit: 'Add',
		refused: /Too small/,
	},
]

test('typed text', async (t) => {
	const { url, gateway } = await openWorld(t)
	const { body: hook } = await gateway.request('POST', '/api/v1/sessions/main/webhooks', {
		url: 'http://127.0.0.1:9/hook',
		events: ['message.received'],
	})
	const browser = await openBrowser(t)
	async function openForm({ path, open }: Pick<Case, 'path' | 'open'>) {
		const opened = await openPage(browser, url + path.replace('HOOK', hook.id))
		await signIn(opened.page, ADMIN_KEY)
		await open(opened.page)
		return opened
	}

	for (const { form, label, typed, submit, refused, ...where } of cases)
		await t.test(`stays in ${form} when it is refused`, async () => {
			const { page, context, check } = await openForm(where)
			const field = page.getByRole('textbox', { name: label })
			await field.fill(typed)
			await page.getByRole('button', { name: submit, exact: true }).click()
			await page.getByRole('alert').filter({ hasText: refused }).waitFor()
			assert.equal(await field.inputValue(), typed)
			check()
			await context.close()
		})

	await t.test('stays while something happens in the gateway', async () => {
		const { page, context, check } = await openForm({
			path: '/console',
			async open(page) {
				await page.getByLabel('More for main').click()
				await page.getByRole('button', { name: 'Rename' }).click()
			},
		})
		const field = page.getByRole('textbox', { name: 'Name' })
		await field.fill('Oak')
		await gateway.request('POST', '/api/v1/sessions', { id: 'other' })
		await page.locator('article').filter({ hasText: 'other' }).waitFor()
		assert.equal(await field.inputValue(), 'Oak')
		check()
		await context.close()
	})
})
