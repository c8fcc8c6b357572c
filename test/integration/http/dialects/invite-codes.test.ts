import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDialects } from './support/gateway.ts'

const spellings: Record<string, (code: string) => string> = {
	'the code': (code) => code,
	'the link': (code) => `https://chat.whatsapp.com/${code}`,
	'the link without its scheme': (code) => `chat.whatsapp.com/${code}`,
	'the link in capitals, with http': (code) => `HTTP://Chat.WhatsApp.com/${code}`,
	'the older form of the link': (code) => `https://chat.whatsapp.com/invite/${code}`,
	'the link with a query': (code) => `https://chat.whatsapp.com/${code}?mode=wwt`,
	'the link with a fragment': (code) => `https://chat.whatsapp.com/${code}#top`,
	'the link with a slash at its end': (code) => `https://chat.whatsapp.com/${code}/`,
	'the link between spaces': (code) => ` https://chat.whatsapp.com/${code}\n`,
}

const notACode: Record<string, string> = {
	nothing: '',
	'the link of nothing': 'https://chat.whatsapp.com/',
	words: 'not a code',
	'a link to elsewhere': 'https://chat.whatsapp.com.evil.test/AbCdEfGhIjKlMnOpQrStUv',
	'a path below the code': 'https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv/x',
	'a code that is too long': 'A'.repeat(65),
}

test('the link of a group is read as its code at every door', async (t) => {
	const { ask, keys, sari, sandbox, decrypted } = await openDialects(t)
	const headers = { 'x-api-key': keys.admin, apikey: keys.session }
	const group = sari.createsGroup('Of Sari', [])
	const code = sandbox.whatsapp.directory.groups.get(group)!.inviteCode!
	const shownAt = {
		native: '/api/v1/sessions/main/groups/invite-info?code=',
		WAHA: '/api/main/groups/join-info?code=',
		Evolution: '/group/inviteInfo/main?inviteCode=',
	}
	const shows = (door: string, given: string) =>
		ask({ method: 'GET', path: door + encodeURIComponent(given), headers })
	const invites = (given: string) =>
		ask({
			path: '/api/v1/sessions/main/messages/group-invite',
			body: { to: '628123456789', group_jid: group, group_name: 'Of Sari', invite_code: given },
			headers,
		})

	for (const [spelling, spelled] of Object.entries(spellings)) {
		for (const [name, door] of Object.entries(shownAt))
			await t.test(`${name}: ${spelling}`, async () => {
				const { status, body, text } = await shows(door, spelled(code))
				assert.equal(status, 200, text)
				assert.equal(body.jid ?? body.id, group)
			})
		await t.test(`a message: ${spelling}`, async () => {
			const { status, body, text } = await invites(spelled(code))
			assert.equal(status, 200, text)
			const { message } = await decrypted(body.message_id)
			assert.equal(message?.groupInviteMessage?.inviteCode, code)
		})
	}

	for (const [what, given] of Object.entries(notACode))
		await t.test(`no code at any door: ${what}`, async () => {
			const answers = [...Object.values(shownAt).map((door) => shows(door, given)), invites(given)]
			for (const { status, text } of await Promise.all(answers)) assert.equal(status, 400, text)
		})
})
