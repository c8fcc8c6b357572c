import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { openWorld } from './support/world.ts'

const OWNER = '491700000001'
const ADA = '491700000002'

test('the forms of the simulated phone', async (t) => {
	const { url } = await openWorld(t)
	const browser = await openBrowser(t)
	const { page, check } = await openPage(browser, `${url}/console/phone/${ADA}/${OWNER}`)
	await signIn(page, ADMIN_KEY)
	const field = page.getByLabel('Message', { exact: true })
	const log = page.getByRole('log')
	const bubble = (text: string) => log.getByRole('article').filter({ hasText: text })
	const edit = async (text: string) => {
		await bubble(text).locator('summary').click()
		await bubble(text).getByRole('button', { name: 'Edit', exact: true }).click()
		await page.getByRole('button', { name: 'Do not edit' }).waitFor()
	}

	await t.test('Escape ends an edit, and what was half written is there again', async () => {
		await field.fill('Oak')
		await field.press('Enter')
		await bubble('Oak').getByText('Delivered').waitFor()
		await field.fill('half written')
		await edit('Oak')
		assert.equal(await field.inputValue(), 'Oak')
		await field.press('Escape')
		assert.equal(await field.inputValue(), 'half written')
		await edit('Oak')
		await page.getByRole('button', { name: 'Do not edit' }).click()
		assert.equal(await field.inputValue(), 'half written')
		await edit('Oak')
		await field.fill('Oak tables')
		await field.press('Enter')
		await bubble('Oak tables').getByText('edited').waitFor()
		assert.equal(await field.inputValue(), 'half written')
		assert.equal(await log.getByRole('article').count(), 1)
		await field.fill('')
	})

	await t.test('an address that cannot be decoded names no chat', async () => {
		await page.goto(`${url}/console/phone/${ADA}/%E0%A4`)
		await page.getByText('There is no such chat on this phone.').waitFor()
		check()
	})
})
