import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { isAccessible, views } from './support/accessibility.ts'
import { openBrowser, openPage, signIn, type PageOptions } from './support/browser.ts'
import { openWorld } from './support/world.ts'

const OWNER = '491700000001'
const ADA = '491700000002'

test('the simulated phone in Chromium', async (t) => {
	const { url, gateway, sandbox, owner } = await openWorld(t)
	const receiver = await openReceiver(t)
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', { url: receiver.url })
	const browser = await openBrowser(t)
	const open = async (path = `/${ADA}/${OWNER}`, options: PageOptions = {}) => {
		const opened = await openPage(browser, `${url}/console/phone${path}`, options)
		await signIn(opened.page, ADMIN_KEY)
		return opened
	}
	const { page, check } = await open()
	const field = page.getByLabel('Message', { exact: true })
	const log = page.getByRole('log')
	const bubble = (text: string) => log.getByRole('article').filter({ hasText: text })
	const send = async (type: string, body: object): Promise<string> => {
		const path = `/api/v1/sessions/main/messages/${type}`
		const answer = await gateway.request('POST', path, { to: ADA, ...body })
		assert.equal(answer.status, 200, answer.text)
		return answer.body.message_id
	}
	const told = (type: string, fits: (data: any) => unknown) =>
		receiver.gets(({ event }) => event.type === type && Boolean(fits(event.data)))

	await t.test('a text goes from waiting to read, by the keyboard alone', async () => {
		sandbox.whatsapp.faults.holdAcks(ADA)
		await field.focus()
		await page.keyboard.type('Do you have *oak* tables?')
		await page.keyboard.press('Enter')
		await bubble('Do you have').getByText('Waiting').waitFor()
		await page.getByRole('button', { name: 'Let them go' }).click()
		await bubble('Do you have').getByText('Delivered').waitFor()
		await page.getByRole('button', { name: 'Let them go' }).waitFor({ state: 'detached' })
		assert.equal(await bubble('Do you have').locator('strong').textContent(), 'oak')
		const { event } = await told('message.received', ({ text }) => /oak/.test(text))
		owner.reads(await owner.receives((entry) => entry.id === event.data.message_id))
		await bubble('Do you have').getByText('Read', { exact: true }).waitFor()
	})

	await t.test('a text of a workflow shows, and opening the chat has read it', async () => {
		const id = await send('text', { text: 'Which day suits you?' })
		await bubble('Which day suits you?').waitFor()
		await told('message.status', (data) => data.message_id === id && data.status === 'read')
	})

	await t.test('votes, taps and picks reach the trigger, by the keyboard as well', async () => {
		await send('poll', { name: 'Which day?', options: ['Thursday', 'Friday'], selectable_count: 1 })
		const friday = log.getByRole('button', { name: /Friday/ })
		await friday.click()
		await told('poll.vote', ({ options }) => options?.includes('Friday'))
		await friday.and(page.locator('[aria-pressed=true]')).waitFor()
		await log.getByRole('button', { name: /Thursday/ }).press('Enter')
		await told('poll.vote', ({ options }) => options?.includes('Thursday'))

		await send('buttons', {
			content_text: 'How would you like to pay?',
			buttons: [{ button_id: 'card', display_text: 'By card' }],
		})
		await log.getByRole('button', { name: 'By card' }).press('Space')
		await told('message.received', ({ type }) => type === 'buttons-response')

		await send('list', {
			title: 'Tables',
			description: 'Which one?',
			button_text: 'See all',
			sections: [{ title: 'Oak', rows: [{ row_id: 'o1', title: 'Round oak table' }] }],
		})
		await log.getByRole('button', { name: 'See all' }).press('Enter')
		await page.getByRole('dialog').getByRole('button', { name: 'Round oak table' }).press('Enter')
		await told('message.received', ({ type }) => type === 'list-response')
	})

	const choose = async (text: string, action: string) => {
		const one = bubble(text).last()
		await one.locator('summary').click()
		await one.getByRole('button', { name: action, exact: true }).click()
	}

	await t.test('reactions, replies, edits and deletions reach the trigger', async () => {
		const id = await send('text', { text: 'We open at ten' })
		await bubble('We open at ten').waitFor()
		await choose('We open at ten', 'Heart')
		await told('message.reaction', ({ emoji }) => emoji === '❤️')
		await choose('We open at ten', 'Reply')
		await page.getByRole('button', { name: 'Do not reply' }).waitFor()
		await page.keyboard.type('Fine')
		await page.keyboard.press('Enter')
		const { event } = await told('message.received', ({ text }) => text === 'Fine')
		assert.equal(event.data.reply_to, id)
		await choose('Fine', 'Edit')
		await page.getByRole('button', { name: 'Do not edit' }).waitFor()
		await field.fill('Very fine')
		await page.keyboard.press('Enter')
		await bubble('Very fine').getByText('edited').waitFor()
		await told('message.edited', ({ text }) => text === 'Very fine')
		await choose('Very fine', 'Delete for everyone')
		await told('message.deleted', () => true)
		await log.getByText('You deleted this message.').waitFor()
		await gateway.request('POST', '/api/v1/sessions/main/messages/edit', {
			to: ADA,
			message_id: id,
			text: 'We open at nine',
		})
		await bubble('We open at nine').getByText('edited').first().waitFor()
	})

	await t.test('offline and back keeps the order', async () => {
		const online = page.getByRole('switch', { name: 'Online' })
		await online.click()
		await page.getByText('is offline: what you send waits.').waitFor()
		for (const text of ['first', 'second']) {
			await field.fill(text)
			await page.keyboard.press('Enter')
			await bubble(text).getByText('Waiting').waitFor()
		}
		await online.click()
		await bubble('second').getByText('Delivered').waitFor()
		const texts = await log.getByRole('article').allTextContents()
		const place = (text: string) => texts.findIndex((each) => each.includes(text))
		assert.ok(place('first') < place('second'))
	})

	await t.test('a garbled message says so, then mends itself', async () => {
		await page.getByRole('button', { name: 'Make something go wrong' }).click()
		const dialog = page.getByRole('dialog')
		await dialog.getByLabel('With').selectOption(ADA)
		await dialog.getByRole('button', { name: 'Garble the next message' }).click()
		await page.getByText('The next message is garbled').waitFor()
		await send('text', { text: 'mended' })
		await bubble('mended').waitFor()
	})

	await t.test('a recorded voice note arrives as ogg', async () => {
		await page.getByRole('button', { name: 'Record a voice message' }).click()
		await page.getByText('Recording…').waitFor()
		await page.getByRole('button', { name: 'Send' }).click()
		await log.locator('audio').last().waitFor()
		const { event } = await told('message.received', ({ type }) => type === 'audio')
		assert.match(event.data.media.mimetype, /^audio\/ogg/)
	})

	await t.test('a place, a contact, a poll and a sample photo are sent', async () => {
		for (const what of ['Place', 'Contact']) {
			await page.locator('summary[aria-label=Attach]').click()
			await page.getByRole('button', { name: what, exact: true }).click()
			await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
			await told(
				'message.received',
				({ type }) => type === { Place: 'location', Contact: 'contact' }[what],
			)
		}
		await page.locator('summary[aria-label=Attach]').click()
		await page.getByRole('button', { name: 'Poll', exact: true }).click()
		await page.getByLabel('Question').fill('Tea?')
		await page.getByLabel('Options').fill('yes\nno')
		await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
		await told('message.received', ({ type }) => type === 'poll')
		await page.locator('summary[aria-label=Attach]').click()
		await page.getByRole('button', { name: 'Sample photo' }).click()
		await told('message.received', ({ type }) => type === 'image')
		await log.getByRole('img', { name: 'Photo' }).waitFor()
	})

	const begin = async (what: string) => {
		await page.locator('summary[aria-label="More to begin"]').click()
		await page.getByRole('button', { name: what }).click()
	}

	await t.test('a group is made, and who wrote stands above', async () => {
		await begin('New group or channel')
		await page.getByLabel('Name').fill('Tea')
		await page.getByRole('button', { name: 'Make it' }).click()
		await page.getByRole('heading', { name: 'Tea' }).waitFor()
		await log.getByText('created the group “Tea”').waitFor()
		const [group] = [...sandbox.whatsapp.directory.groups.keys()]
		await owner.says('Welcome', { to: group! })
		await bubble('Welcome').getByText('Owner').waitFor()
		await page.goto(`${url}/console/phone/${ADA}/${OWNER}`)
	})

	await t.test('a new person is added, and a number of the gateway linked to them', async () => {
		// As the gateway's command does it.
		sandbox.qrOf = async (session) => (await gateway.sessions.get(session).qr(30_000)).qr
		await gateway.request('POST', '/api/v1/sessions', { id: 'shop', name: 'Shop' })
		await page.getByRole('button', { name: 'New person' }).click()
		await page.getByLabel('Name').fill('Cem')
		await page.getByRole('button', { name: 'Add', exact: true }).click()
		await page.getByText('No chats yet.').waitFor()
		await begin('Link a number')
		await page.getByRole('dialog').getByRole('button', { name: 'Shop' }).click()
		await gateway.becomes('shop', 'open')
		await page.goto(`${url}/console/phone/${ADA}/${OWNER}`)
	})

	await t.test('what cannot be sent says why, and is sent again', async () => {
		await page.route('**/messages', (route) => route.abort(), { times: 1 })
		await field.fill('once more')
		await page.keyboard.press('Enter')
		await log.getByText('The gateway does not answer.').waitFor()
		await bubble('once more').getByRole('button', { name: 'Try again' }).click()
		await told('message.received', ({ text }) => text === 'once more')
		await bubble('once more').getByText('Delivered').waitFor()
	})

	await t.test('what types shows, and a page of its own policy broke nothing', async () => {
		owner.types(`${ADA}@s.whatsapp.net`)
		await page.getByText('typing…').first().waitFor()
		await page.screenshot({ path: process.env.SHOT ?? '/dev/null', type: 'png' })
		check()
	})

	await t.test('axe finds nothing in either mode at 390 and 1200 px', async () => {
		for (const view of views) {
			const { page, context, check } = await open(`/${ADA}/${OWNER}`, view)
			await page.getByRole('log').getByRole('article').first().waitFor()
			await isAccessible(page, `a chat in ${JSON.stringify(view)}`)
			await page.goto(`${url}/console/phone/${ADA}`)
			await page.getByRole('navigation', { name: 'Chats' }).waitFor()
			await isAccessible(page, `the chats in ${JSON.stringify(view)}`)
			await page.getByRole('button', { name: 'Make something go wrong' }).click()
			await isAccessible(page, `what can go wrong in ${JSON.stringify(view)}`)
			check()
			await context.close()
		}
	})

	await t.test('nothing scrolls sideways at 320 px', async () => {
		const { page, context } = await open(`/${ADA}/${OWNER}`, { width: 320, height: 640 })
		await page.getByRole('log').getByRole('article').first().waitFor()
		await staysNarrow(page)
		await page.getByRole('region', { name: 'Chats' }).waitFor({ state: 'hidden' })
		await page.getByRole('link', { name: 'Back to the chats' }).click()
		await page.getByRole('navigation', { name: 'Chats' }).waitFor()
		await staysNarrow(page)
		await context.close()
	})

	await t.test('an empty world is set up with a shop that is linked to the gateway', async () => {
		await sandbox.reset()
		await gateway.becomes('main', 'logged_out')
		await gateway.request('DELETE', '/api/v1/sessions/shop')
		await page.getByText('Nobody is here yet').waitFor()
		const { page: fresh, context, check } = await open('')
		await fresh.getByText('linked to your number').waitFor()
		await isAccessible(fresh, 'an empty world')
		await fresh.getByRole('button', { name: 'Set up a shop' }).click()
		await fresh.getByRole('link', { name: /Oak & Iron/ }).click()
		await fresh.getByRole('log').getByText('Do you have oak tables?').waitFor()
		await gateway.becomes('main', 'open')
		await fresh.getByText('linked to a gateway').waitFor()
		check()
		await context.close()
	})
})

async function staysNarrow(page: Page): Promise<void> {
	const wide = await page.evaluate(
		`[...document.querySelectorAll('body *')]
			.filter((each) => each.getBoundingClientRect().right > innerWidth && !each.closest('.hidden'))
			.map((each) => each.tagName + '.' + each.className)`,
	)
	const width = await page.evaluate('document.documentElement.scrollWidth')
	assert.ok(Number(width) <= 320, `the page is ${width} px wide by ${wide}`)
}
