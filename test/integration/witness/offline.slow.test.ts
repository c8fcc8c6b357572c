import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway, openGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

const PEOPLE = 50
const EACH = 100

test(`${PEOPLE * EACH} messages that WhatsApp kept while the gateway was off come within a minute, in their order`, async (t) => {
	const { gateway, sandbox, owner } = await linkedGateway(t)
	const people = Array.from({ length: PEOPLE }, (_, n) =>
		sandbox.phone(`${491710000000 + n}`, { name: `Person ${n}` }),
	)
	await gateway.stop()
	for (let n = 0; n < EACH; n++)
		await Promise.all(people.map((person) => person.says(`${n}`, { to: owner })))

	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	const events: any[] = []
	const readOn = async () => {
		const path = `/api/v1/sessions/main/events?limit=1000&after=${events.at(-1)?.seq ?? 0}`
		events.push(...(await again.request('GET', path)).body.events)
		return events.filter(({ type }) => type === 'message.received')
	}
	const begin = Date.now()
	again.start()
	const told = await until(
		'all are told',
		async () => {
			const received = await readOn()
			return received.length >= PEOPLE * EACH && received
		},
		{ timeout: 60_000 },
	)
	const seconds = (Date.now() - begin) / 1000
	const written = Array.from({ length: EACH }, (_, n) => `${n}`)
	for (const { account } of people) {
		const texts = told
			.filter(({ data }) => data.sender.phone === account.phone)
			.map(({ data }) => data.text)
		assert.deepEqual(texts, written)
	}
	assert.equal(told.length, PEOPLE * EACH)
	t.diagnostic(`${told.length} messages in ${seconds} s`)
})
