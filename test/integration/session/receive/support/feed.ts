import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { contentFields, createMessageMaker } from '../../../../support/random-messages.ts'
import { createRandom } from '../../../../support/random.ts'
import { linkedGateway } from '../../../../support/gateway/gateway.ts'
import { until } from '../../../../support/wait.ts'
import { openReceiver } from '../../../../support/gateway/receiver.ts'
import { assertDescribed, mayBe } from './expected.ts'

/**
 * Has a phone send random messages, every kind of content in turn, and checks that a webhook is told each of them once,
 * in its order, unless it may be silent.
 */
export async function feedRandomMessages(
	t: TestContext,
	{ count, seed, inGroup = false }: { count: number; seed: number; inGroup?: boolean },
) {
	t.diagnostic(`FUZZ=${count} FUZZ_SEED=${seed}`)
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', { url: receiver.url, raw: true })
	const to = inGroup ? ada.createsGroup('Team', [owner]) : owner.account.phone
	const maker = createMessageMaker(createRandom(seed))
	const sent: { id: string; message: Record<string, unknown> }[] = []
	for (let n = 0; n < count; n++) {
		const name = contentFields[n % contentFields.length]!
		const message = maker.wrapped(maker.messageOf(name))
		const response = await sandbox.control.request(`/phones/${ada.account.phone}/messages`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ to, message }),
		})
		const { id, error } = (await response.json()) as { id: string; error?: string }
		assert.equal(response.status, 201, `${error} ${JSON.stringify(message)}`)
		sent.push({ id, message })
	}
	const end = await ada.says('and that is all', { to })
	await until(
		'the last message is told',
		() => receiver.posts.some(({ event }) => event.data.message_id === end),
		{ timeout: 30_000 + count * 50 },
	)
	const events = receiver.posts.map(({ event }) => event).filter(({ raw }) => raw)
	const told = events.map(({ raw }) => raw.key.id as string).filter((id) => id !== end)
	const positions = new Map(sent.map(({ id }, position) => [id, position]))
	const order = told.map((id) => positions.get(id)!)
	assert.deepEqual(
		order,
		[...new Set(order)].sort((a, b) => a - b),
		'each once, in its order',
	)
	for (const event of events) assertDescribed(event)
	const ids = new Set(told)
	for (const { id, message } of sent) {
		const may = mayBe(proto.Message.decode(maker.bytesOf(message)))
		assert.ok(ids.has(id) ? may.told : may.silent, `${ids.has(id)} ${JSON.stringify(message)}`)
	}
}
