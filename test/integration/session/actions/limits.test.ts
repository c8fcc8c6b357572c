import assert from 'node:assert/strict'
import { test } from 'node:test'
import { controlRoutes } from '../../../../gateway/src/sandbox/control/index.ts'
import { linkedGateway } from '../../../support/gateway/gateway.ts'

const UNTIL = 1_900_000_000

const none = {
	reachout: { active: false, until: null, type: null },
	new_chats: { quota: null, used: null, status: null },
}
const until = new Date(UNTIL * 1000).toISOString()

const cases: [set: object, told: object][] = [
	[{}, none],
	[
		{ reachout: { until: UNTIL, type: 'WEB_COMPANION_ONLY' } },
		{ ...none, reachout: { active: true, until, type: 'WEB_COMPANION_ONLY' } },
	],
	[
		{ new_chats: { quota: 10, used: 3 } },
		{ ...none, new_chats: { quota: 10, used: 3, status: 'NONE' } },
	],
	[
		{ new_chats: { quota: 10, used: 10 } },
		{ ...none, new_chats: { quota: 10, used: 10, status: 'CAPPED' } },
	],
]

test('the limits of an account are told as WhatsApp has set them', async (t) => {
	const { gateway, sandbox, owner } = await linkedGateway(t)
	const control = controlRoutes(sandbox)
	for (const [set, told] of cases) {
		const answer = await control.request(`/phones/${owner.account.phone}/limits`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(set),
		})
		assert.equal(answer.status, 200)
		const { status, body } = await gateway.request('GET', '/api/v1/sessions/main/limits')
		const { reachout, new_chats } = body
		assert.deepEqual([status, { reachout, new_chats }], [200, told])
	}
})

test('what WhatsApp said last is told without a connection, too', async (t) => {
	const { gateway, owner, sandbox } = await linkedGateway(t)
	const limits = (query = '') => gateway.request('GET', `/api/v1/sessions/main/limits${query}`)
	owner.account.limits = { newChats: { quota: 9, used: 1 } }
	assert.equal((await limits('?fresh=false')).body.asked_at, null)
	assert.equal((await limits()).status, 200)
	const asked = sandbox.whatsapp.log.list(({ stanza }) => stanza.attrs.xmlns === 'w:mex').length
	await gateway.request('POST', '/api/v1/sessions/main/disconnect')
	await gateway.becomes('main', 'closed')
	assert.equal((await limits()).status, 503)
	const { status, body } = await limits('?fresh=false')
	assert.deepEqual([status, body.new_chats.quota], [200, 9])
	const after = sandbox.whatsapp.log.list(({ stanza }) => stanza.attrs.xmlns === 'w:mex').length
	assert.equal(after, asked)
})
