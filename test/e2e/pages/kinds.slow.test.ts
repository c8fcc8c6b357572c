import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import type { Locator } from 'playwright-core'
import { messageTypes } from '../../../gateway/src/messages/index.ts'
import { uploaded, withId, type Case } from '../../integration/messages/support/conversation.ts'
import { ADMIN_KEY, atEnd } from '../../support/gateway/gateway.ts'
import { clip, h264, make, plain, tone } from '../../support/media/fixtures.ts'
import { until } from '../../support/wait.ts'
import { isAccessible } from './support/accessibility.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { openWorld } from './support/world.ts'

const OWNER = '491700000001'
const ADA = '491700000002'

/** What a bubble has: a text, or the elements of a selector. */
type Shown = string | { selector: string }

const picture = { selector: '.file img[alt^="Photo"]' }
const film = { selector: '.file video[aria-label^="Video"]' }
const voice = { selector: '.file.voice audio[aria-label="Voice message"]' }
const button = (text: string) => ({ selector: `button:has-text("${text}")` })

/** What the phone shows of the first example of each type. */
const shown: Record<string, Shown[]> = {
	album: ['Album: 1 photos, 1 videos'],
	audio: [voice, { selector: '.waveform rect' }],
	buttons: ['Main Menu', 'Please choose an option', 'Powered by WA-RS', button('Option 1')],
	'buttons-response': ['Option 1'],
	'cancel-payment': ['Canceled a request for a payment'],
	comment: ['This is my comment'],
	contact: ['John Doe; Jr.', '+628123456789'],
	contacts: ['Ann', 'Bob'],
	'decline-payment': ['Declined a payment'],
	document: ['report.pdf', { selector: 'a[download="report.pdf"]' }],
	event: ['Team lunch', 'Bring an umbrella', 'Canteen'],
	forward: ['Forwarded', 'Forwarded content here'],
	gif: [{ selector: '.file video[loop][aria-label^="GIF"]' }, 'wave'],
	'group-invite': ['Team', 'Join us!', button('Join')],
	'highly-structured': ['template_name', 'param1, param2'],
	image: [picture, 'Check this out!'],
	interactive: ['Choose an action', 'Powered by WA-RS'],
	'interactive-response': ['Response body'],
	invoice: ['Invoice for services rendered'],
	'limit-sharing': ['Sharing from this chat is limited.'],
	list: ['Main Menu', 'Please select an option', button('View Options')],
	'list-response': ['Category 1'],
	'live-location': ['Live location', 'on my way', '1.5, 2.5'],
	location: ['Jakarta', 'Jakarta, Indonesia', '-6.2088, 106.8456'],
	'member-tag': ['Coach'],
	'newsletter-admin-invite': ['My Newsletter', 'Join as admin!'],
	'newsletter-follower-invite': ['My Newsletter', 'Follow this newsletter!'],
	'newsletter-forward': ['Check out this newsletter post'],
	order: ['My Order', '3 items', '50000000.00 USD'],
	'payment-invite': ['Invitation to payments'],
	poll: ['Red', 'Blue', button('Red')],
	product: ['Umbrella', 'Keeps you dry', '7.99 EUR', { selector: 'img' }],
	'request-payment': ['50000000.00 USD', 'Payment for invoice #123'],
	'request-phone-number': ['Asks for your phone number.'],
	'scheduled-call': ['Weekly Team Sync', 'Invitation to a call'],
	'scheduled-call-edit': ['The planned call was canceled.'],
	'send-payment': ['Payment for services'],
	'share-phone-number': ['The phone number was shared.'],
	sticker: [{ selector: '.file.sticker img' }],
	'template-button-reply': ['Option 1'],
	text: ['Hello from WA-RS! bold', { selector: 'strong' }],
	video: [film, 'Watch this!'],
	'video-note': [{ selector: '.file video[aria-label="Video note"]' }],
	'view-once': [button('View once: photo')],
	voice: [voice, { selector: '.waveform rect' }],
}

/** What a type does to another message: what it says, and what that message shows then. */
const done: Record<string, { body: object; to: 'theirs' | 'mine'; shows: Shown[] }> = {
	react: {
		body: { emoji: '👍' },
		to: 'theirs',
		shows: [{ selector: '.reactions:has-text("👍")' }],
	},
	pin: { body: {}, to: 'theirs', shows: ['pinned'] },
	keep: { body: {}, to: 'theirs', shows: ['kept'] },
	edit: { body: { text: 'Said otherwise' }, to: 'mine', shows: ['Said otherwise', 'edited'] },
	revoke: { body: {}, to: 'mine', shows: ['This message was deleted.'] },
}

/** What answers to a message of Ada, and what that shows then. */
const answers: Record<string, Shown[]> = {
	'poll-update': [{ selector: 'button:has-text("Red"):has-text("1")' }],
	'event-response': [button('Not going 1')],
}

const NOT_SHOWN = /^Kind |is missing|Could not be decrypted/m

test('the phone shows every type of message that the API sends', async (t) => {
	const { url, gateway, ada, owner } = await openWorld(t, { sendTimeout: 60 })
	const files = await makeFiles(t)
	const browser = await openBrowser(t)
	const { page, check } = await openPage(browser, `${url}/console/phone/${ADA}/${OWNER}`)
	await signIn(page, ADMIN_KEY)
	await page.getByRole('log').waitFor()

	async function send(type: string, said: object): Promise<string> {
		const path = `/api/v1/sessions/main/messages/${type}`
		const answer = await gateway.request('POST', path, { to: ADA, ...said })
		assert.equal(answer.status, 200, answer.text)
		return answer.body.message_id
	}

	/** The bubble of a message, once it is there. */
	async function bubbleOf(id: string): Promise<Locator> {
		const path = `${url}/sandbox/phones/${ADA}/chats/${OWNER}@s.whatsapp.net/bubbles`
		const seq = await until(`the bubble of ${id}`, async () => {
			const answer = await fetch(path, { headers: { 'X-API-Key': ADMIN_KEY } })
			const { bubbles } = (await answer.json()) as { bubbles: { id: string; seq: number }[] }
			return bubbles.find((bubble) => bubble.id === id)?.seq
		})
		return page.locator(`#bubble-${seq}`)
	}

	async function shows(id: string, wanted: Shown[]): Promise<void> {
		const bubble = await bubbleOf(id)
		for (const each of wanted)
			if (typeof each === 'string') await bubble.filter({ hasText: each }).waitFor()
			else await bubble.locator(each.selector).first().waitFor()
		assert.doesNotMatch(await bubble.innerText(), NOT_SHOWN)
	}

	async function written(message: proto.IMessage): Promise<string> {
		const id = await ada.sends(message, { to: owner })
		await owner.receives((entry) => entry.id === id)
		await until('the gateway has it', async () => {
			const { status } = await gateway.request('GET', `/api/v1/sessions/main/messages/${id}`)
			return status === 200
		})
		return id
	}

	for (const { type } of messageTypes)
		await t.test(type, async () => {
			const act = done[type]
			if (act) {
				const isTheirs = act.to === 'theirs'
				const target = isTheirs
					? await written({ conversation: `Before ${type}` })
					: await send('text', { text: `Before ${type}` })
				await bubbleOf(target)
				await send(type, { message_id: target, ...act.body })
				return shows(target, act.shows)
			}
			const [given] = await casesOf(type)
			const about = given!.about && (await written(given!.about))
			const said = withFiles(withId(given!.send, about ?? ''), files)
			const id = await send(type, said)
			if (answers[type]) return shows(about!, answers[type])
			await shows(id, shown[type] ?? assert.fail(`say what the phone shows of ${type}`))
		})

	await t.test('the newest stays in view when something grows between two frames', async () => {
		await page.evaluate(`{
			const log = document.querySelector('.log')
			log.querySelector('.bubbles').lastElementChild.style.marginBottom = '900px'
			log.dispatchEvent(new Event('scroll'))
		}`)
		const below = `(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector('.log'))`
		await until('the end is in view', async () => Number(await page.evaluate(below)) < 2)
	})

	await t.test('every picture that is shown has loaded', async () => {
		for (const img of await page.locator('.bubble .file img').all())
			await img.scrollIntoViewIfNeeded()
		const pictures = `[...document.querySelectorAll('.bubble img')]`
		await until('all have come', () => page.evaluate(`${pictures}.every((img) => img.complete)`))
		assert.equal(await page.evaluate(`${pictures}.filter((img) => !img.naturalWidth).length`), 0)
	})

	await t.test('axe finds nothing with all of them, and nothing scrolls sideways', async () => {
		for (const view of [{ width: 320 }, { colorScheme: 'dark' }] as const) {
			const each = await openPage(browser, `${url}/console/phone/${ADA}/${OWNER}`, view)
			await signIn(each.page, ADMIN_KEY)
			await each.page.getByRole('log').getByRole('article').last().waitFor()
			await isAccessible(each.page, `all kinds in ${JSON.stringify(view)}`)
			each.check()
			await each.context.close()
		}
	})
	check()
})

async function casesOf(type: string): Promise<Case[]> {
	const path = join(import.meta.dirname, '../../integration/messages/cases', `${type}.ts`)
	return (await import(path)).cases
}

type Files = Record<string, object>

/** Real files in place of those that an example only names. */
function withFiles(said: object, files: Files): object {
	const given = JSON.stringify(uploaded.given)
	return JSON.parse(JSON.stringify(said), (field, value) =>
		field in files && JSON.stringify(value) === given ? files[field] : value,
	)
}

async function makeFiles(t: TestContext): Promise<Files> {
	const directory = await mkdtemp(join(tmpdir(), 'kinds-'))
	atEnd(t, () => rm(directory, { recursive: true, force: true }))
	const base64 = async (path: string) => (await readFile(path)).toString('base64')
	const image = (await plain(320, 240).jpeg().toBuffer()).toString('base64')
	const video = await base64(await make(directory, 'mp4', ...clip(1), ...h264))
	const audio = await base64(await make(directory, 'wav', ...tone(1)))
	return {
		image: { data: image },
		sticker: { data: image },
		document: { data: Buffer.from('%PDF-1.4 a report').toString('base64') },
		video: { data: video },
		audio: { data: audio },
	}
}
