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
