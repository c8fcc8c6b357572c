import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { sessionStatus } from '../../../gateway/src/events/types/session-status.ts'
import { ADMIN_KEY, openGateway } from '../../support/gateway/gateway.ts'
import { filling, layered } from '../../support/storage.ts'
import { openBrowser, openPage, signIn } from './support/browser.ts'
import { listen, openWorld } from './support/world.ts'

/** What a card says and offers. */
type Words = { pill: string; sentence?: string; button?: string }

const atRest: Record<string, Words> = {
	linking: {
		pill: 'Waiting for a scan',
		sentence: 'Scan the code with the phone.',
		button: 'Show QR code',
	},
	passkey: {
		pill: 'Waiting for the passkey',
		sentence: 'WhatsApp asks for the passkey of this number.',
		button: 'Confirm',
	},
	open: { pill: 'Connected', button: 'Disconnect' },
	closed: {
		pill: 'Disconnected by you',
		sentence: 'Nothing is sent or received until you connect.',
		button: 'Connect',
	},
	corrupt: {
		pill: 'Files are damaged',
		sentence: 'Restore a backup, or delete this number and link it again.',
		button: 'Delete',
	},
}

/** The code with which WhatsApp ends a connection, and the status that follows. */
const ended: [number, string, Words][] = [
	[
		411,
		'closed',
		{
			pill: 'Stopped',
			sentence: 'WhatsApp on the phone is too old. Update it and link again.',
			button: 'Show QR code',
		},
	],
	[
		402,
		'blocked',
		{
			pill: 'Limited by WhatsApp',
			sentence:
				'WhatsApp limits this account for a while. Connecting earlier makes it last longer.',
			button: 'Connect anyway',
		},
	],
	[
		403,
		'blocked',
		{
			pill: 'Blocked by WhatsApp',
			sentence: 'Open WhatsApp on the phone: it says what you can do.',
			button: 'Connect',
		},
	],
	[
		440,
		'replaced',
		{
			pill: 'Used by another program',
			sentence:
				'Another program uses this link. Stop it first, or both lose the connection by turns.',
			button: 'Connect',
		},
	],
	[
		405,
		'outdated',
		{
			pill: 'Gateway is too old',
			sentence: 'WhatsApp refuses this version. Update the gateway.',
		},
	],
	[
		401,
		'logged_out',
		{
			pill: 'Unlinked on the phone',
			sentence: 'This device was removed under Linked devices. Scan again; webhooks and keys stay.',
			button: 'Show QR code',
		},
	],
]

const SHOWN_MS = 30_000
/** The outage, and the longest wait for the attempt after it: up to 32 s, or 60 s if one more has failed. */
const AFTER_OUTAGE_MS = 120_000

test('each status of a number has its sentence and its button', async (t) => {
	let isFull = false
	const { url, gateway, sandbox, owner, ada } = await openWorld(t, {
		through: (storage) => layered(storage, [filling(() => isFull)]),
	})
	const browser = await openBrowser(t)
	const seen = new Set<string>()
	const { page, check } = await openPage(browser, `${url}/console`)
	await signIn(page, ADMIN_KEY)

	async function says(
		id: string,
		status: string,
		{ pill, sentence, button }: Words,
		timeout = SHOWN_MS,
	) {
		const card = page.getByRole('article', { name: id })
		await card.getByText(pill, { exact: true }).waitFor({ timeout })
		if (sentence) await card.getByText(sentence, { exact: true }).waitFor()
		if (button)
			await card.locator('.button:not(.plain)', { hasText: new RegExp(`^${button}$`) }).waitFor()
		seen.add(status)
	}

	await gateway.request('POST', '/api/v1/sessions', { id: 'fresh' })
	const shown = await gateway.request('GET', '/api/v1/sessions/fresh/qr')
	await says('fresh', 'linking', atRest.linking!)
	const gated = sandbox.phone('491700000009', { name: 'Gated' })
	gated.hasPasskey()
	gated.scans(shown.body.qr)
	await says('fresh', 'passkey', atRest.passkey!)
	await says('main', 'open', atRest.open!)
	const card = page.getByRole('article', { name: 'main' })
	await card.getByText(/^New people may be written to: 0 of \d+ first messages/).waitFor()
	await card.getByRole('button', { name: 'Disconnect' }).click()
	await says('main', 'closed', atRest.closed!)
	await card.getByRole('button', { name: 'Connect' }).click()
	await says('main', 'open', atRest.open!)

	isFull = true
	const text = { to: ada.account.phone, text: 'There is no room for this' }
	const refused = await gateway.request('POST', '/api/v1/sessions/main/messages/text', text)
	assert.equal(refused.body.code, 'storage_failed')
	await says('main', 'closed', {
		pill: 'Stopped',
		sentence: 'The disk could not be written. Make room, then connect.',
		button: 'Connect',
	})
	isFull = false
	await says('main', 'open', atRest.open!)

	sandbox.whatsapp.faults.goDown(25_000)
	sandbox.whatsapp.endsStreams(owner.account, 503)
	await says('main', 'connecting', {
		pill: 'Connecting…',
		sentence: 'WhatsApp does not answer. Trying again by itself; messages wait.',
	})
	await says('main', 'open', atRest.open!, AFTER_OUTAGE_MS)
	for (const [code, status, words] of ended) {
		sandbox.whatsapp.endsStreams(owner.account, code)
		await says('main', status, words)
		if (code === 401) break
		await gateway.request('POST', '/api/v1/sessions/main/connect')
		await says('main', 'open', atRest.open!)
	}
	check()

	await gateway.request('POST', '/api/v1/sessions', { id: 'broken' })
	const { body } = await gateway.request('GET', '/api/v1/sessions/broken/qr')
	owner.scans(body.qr)
	await gateway.becomes('broken', 'open')
	await gateway.stop()
	await rm(join(gateway.dataDir, 'sessions/broken'), { recursive: true })
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	// A cookie is for every port of a host, and the gateway still knows it.
	await page.goto(`${await listen(t, again)}/console`)
	await says('broken', 'corrupt', atRest.corrupt!)
	const broken = page.getByRole('article', { name: 'broken' })
	await broken.getByRole('button', { name: 'Delete', exact: true }).click()
	await page.getByLabel('Id of the number').fill('broken')
	await page.getByRole('button', { name: 'Delete for good' }).click()
	await broken.waitFor({ state: 'detached' })

	// `created` lasts from the last QR code on, which takes minutes: keyboard.slow.test.ts waits for it.
	const others = sessionStatus.options.filter((status) => status !== 'created')
	assert.deepEqual([...seen].sort(), others.sort())
})
