import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const PATIENCE_MS = 500
const SESSION = '/api/v1/sessions/main'
const PIXEL =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='

/** For most of these, Baileys takes no answer for success, or for an empty list. */
const asked = (person: string, group: string): [method: string, path: string, body?: object][] => [
	['GET', 'groups'],
	['POST', 'groups', { name: 'New', participants: [person] }],
	['GET', `groups/${group}/info`],
	['PATCH', `groups/${group}`, { name: 'Other' }],
	['PATCH', `groups/${group}`, { description: 'Other' }],
	['PATCH', `groups/${group}`, { announce: true }],
	['PATCH', `groups/${group}`, { expiration: 86_400 }],
	['PUT', `groups/${group}/picture`, { image: { data: PIXEL } }],
	['GET', `groups/${group}/picture`],
	['GET', `groups/${group}/invite-link`],
	['POST', `groups/${group}/invite-link/revoke`],
	['GET', `groups/${group}/requests`],
	['POST', `groups/${group}/participants`, { participants: [person] }],
	['POST', `groups/${group}/admins`, { participants: [person] }],
	['POST', 'groups/join', { code: 'AbCdEfGhIjKlMnOpQrStUv' }],
	['POST', `groups/${group}/leave`],
	['GET', 'communities'],
	['POST', 'communities', { name: 'New' }],
	['POST', 'contacts/check', { phones: ['+49 1511 0000000'] }],
	['POST', 'contacts/info', { phones: [person.split('@')[0]!] }],
	['GET', `contacts/${person}/picture`],
	['GET', `contacts/${person}/about`],
	['POST', 'blocking/block', { jid: person }],
	['POST', 'blocking/unblock', { jid: person }],
	['GET', 'blocking/list'],
	['POST', `chats/${person}/archive`],
	['PUT', `contacts/${person}`, { full_name: 'Ada' }],
	['GET', 'channels'],
	['POST', 'channels', { name: 'New' }],
	['GET', 'profile'],
	['PUT', 'profile/about', { about: 'Other' }],
	['PUT', 'profile/picture', { image: { data: PIXEL } }],
	['DELETE', 'profile/picture'],
	['GET', 'privacy/settings'],
	['PUT', 'privacy/settings', { last: 'none' }],
	['PUT', 'privacy/default-disappearing', { seconds: 86_400 }],
	['GET', 'privacy/status'],
	['GET', 'limits'],
]

test('whoever asks for something that WhatsApp does not answer is told so, and never that it was done', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t, { queryTimeoutMs: PATIENCE_MS })
	const ask = (method: string, path: string, body?: object) =>
		gateway.request(method, `${SESSION}/${path}`, body)
	const group = owner.createsGroup('Team', [ada])
	const person = `${ada.account.phone}@s.whatsapp.net`
	await ada.says('hello', { to: owner })
	await until(
		'the chat is known, and the phone has shared its keys',
		async () => (await ask('POST', `chats/${person}/unarchive`)).status === 200,
	)
	sandbox.whatsapp.queryFaults.silence({ account: owner.account.phone }, 60_000)
	const answers = await Promise.all(
		asked(person, group).map(async ([method, path, body]) => {
			const { status, body: answer, headers } = await ask(method, path, body)
			const wait = Number(headers.get('retry-after'))
			return [`${method} ${path}`, status, answer.code, wait] as const
		}),
	)
	assert.deepEqual(
		answers.filter(([, status, code]) => status !== 504 || code !== 'whatsapp_silent'),
		[],
	)
	assert.ok(answers.every(([, , , wait]) => wait > 0))
})

test('WhatsApp gets no change of a group while an earlier one is not answered', async (t) => {
	// A busy machine sees the first one late: by less than a tenth of this.
	const queryTimeoutMs = 4 * PATIENCE_MS
	const { gateway, sandbox, owner, ada } = await linkedGateway(t, { queryTimeoutMs })
	const groups = ['One', 'Two', 'Three'].map((name) => owner.createsGroup(name, [ada]))
	sandbox.whatsapp.queryFaults.silence({ account: owner.account.phone, xmlns: 'w:g2' }, 60_000)
	const start = sandbox.whatsapp.log.last
	await Promise.all(
		groups.map((group) =>
			gateway.request('PUT', `${SESSION}/groups/${group}/subject`, { subject: 'Other' }),
		),
	)
	const times = sandbox.whatsapp.log
		.list(
			({ seq, stanza: { attrs } }) => seq > start && attrs.xmlns === 'w:g2' && attrs.type === 'set',
		)
		.map(({ at }) => at)
	const waits = times.slice(1).map((at, n) => at - times[n]!)
	assert.equal(times.length, groups.length)
	// Timers may fire a little early.
	assert.ok(
		waits.every((wait) => wait > queryTimeoutMs * 0.9),
		String(waits),
	)
})
