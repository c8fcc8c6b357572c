import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const [MAIN, OTHER] = ['main', 'other'].map((id) => `/api/v1/sessions/${id}`) as [string, string]

const starred = (n: number) => ({
	message_id: `3EB0FFFFFFFFFFFFFFFFF${n}`,
	chat: '4917000000009',
	from_me: true,
})

test('of four changes that two devices of an account make at once, all four are stored', async (t) => {
	const { gateway, owner } = await linkedGateway(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'other' })
	owner.scans((await gateway.request('GET', `${OTHER}/qr`)).body.qr)
	await gateway.becomes('other', 'open')
	const star = (path: string, n: number) =>
		gateway.request('POST', `${path}/messages/star`, starred(n))
	await until('the phone has shared its keys with both', async () =>
		(await Promise.all([star(MAIN, 8), star(OTHER, 9)])).every(({ status }) => status === 200),
	)
	const stored = () => owner.account.appState?.regular_low?.length ?? 0
	const before = stored()
	const paths = [MAIN, OTHER, MAIN, OTHER]
	const answers = await Promise.all(paths.map(star))
	assert.deepEqual(
		answers.map(({ status, text }) => [status, text]),
		paths.map(() => [200, '{"success":true}']),
	)
	assert.equal(stored(), before + 4)
})
