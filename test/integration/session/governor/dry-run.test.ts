import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from './world.ts'

test('a dry run says what would become of a message, and sends nothing', async (t) => {
	const world = await openWorld(t, { first_messages_per_hour: 1 })
	const { sends, sent, stranger, writes, ada, limits } = world
	const dry = async (body: object) => {
		const answer = await sends({ ...body, dry_run: true }, { key: 'dry' })
		assert.equal(answer.status, 200, answer.text)
		return answer.body
	}
	const person = stranger()
	const { phone } = person.account
	const to = `${phone}@s.whatsapp.net`
	const goes = {
		status: 'dry_run',
		would_send: true,
		reason: null,
		detail: null,
		retry_after: null,
	}
	assert.deepEqual(await dry({ to: `+${phone}` }), { ...goes, to, first_message: true })
	await writes()
	const known = await dry({ to: ada.account.phone })
	assert.deepEqual([known.would_send, known.first_message], [true, false])
	assert.deepEqual((await limits()).first_messages.hour.used, 0)
	// Its key is not used either.
	await sent({ to: phone }, { key: 'dry' })
	const { would_send, reason, retry_after, detail } = await dry({ to: stranger().account.phone })
	assert.deepEqual([would_send, reason, retry_after], [false, 'first_messages_hour', 3600])
	assert.match(detail, /first messages/)
	await person.receives('hi')
	assert.equal(person.inbox.entries.length, 1)
})

test('a dry run is refused as the message would be', async (t) => {
	const { sends } = await openWorld(t)
	for (const [body, status, code] of [
		[{ to: '4915299999999' }, 422, 'recipient_not_on_whatsapp'],
		[{ to: 'nobody' }, 400, 'invalid_recipient'],
		[{ to: 'status@broadcast' }, 400, 'invalid_request'],
		[{ to: '4915299999999', text: '' }, 400, 'invalid_request'],
	] as const) {
		const answer = await sends({ ...body, dry_run: true })
		assert.deepEqual([answer.status, answer.body.code], [status, code], answer.text)
	}
})
