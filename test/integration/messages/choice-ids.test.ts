import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withIds } from '../../../gateway/src/messages/fields/choice-ids.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'

const label = (display_text: string, button_id?: string) => ({ display_text, button_id })
const row = (title: string, row_id?: string) => ({ title, row_id })

test('buttons and rows without ids get them from their texts; the answer to the send and the tap have them', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	const events = ['message.received']
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', { url: receiver.url, events })
	const cases = [
		{
			type: 'buttons',
			by: 'taps' as const,
			fields: {
				content_text: 'Well?',
				buttons: [label('Yes'), label('No', 'no'), label('Yes')],
			},
			choices: [
				{ id: 'Yes', text: 'Yes' },
				{ id: 'no', text: 'No' },
				{ id: 'Yes 2', text: 'Yes' },
			],
			tapped: { id: 'Yes 2', as: { selected_button_id: 'Yes 2', selected_display_text: 'Yes' } },
		},
		{
			type: 'list',
			by: 'picks' as const,
			fields: {
				title: 'Menu',
				description: 'Choose',
				button_text: 'Open',
				sections: [
					{ title: 'Hot', rows: [row('Tea'), row('Кофе ☕')] },
					{ title: 'Cold', rows: [row('Tea'), row('Water', 'Tea 2')] },
				],
			},
			choices: [
				{ id: 'Tea', text: 'Tea' },
				{ id: 'Кофе ☕', text: 'Кофе ☕' },
				{ id: 'Tea 3', text: 'Tea' },
				{ id: 'Tea 2', text: 'Water' },
			],
			tapped: { id: 'Кофе ☕', as: { selected_row_id: 'Кофе ☕', title: 'Кофе ☕' } },
		},
	]
	for (const { type, by, fields, choices, tapped } of cases)
		await t.test(type, async () => {
			const path = `/api/v1/sessions/main/messages/${type}`
			const sent = await gateway.request('POST', path, { to: ada.account.phone, ...fields })
			assert.equal(sent.status, 200, sent.text)
			assert.deepEqual(sent.body.choices, choices)
			await ada.receives(({ id }) => id === sent.body.message_id)
			const tap = await ada[by](sent.body.message_id, tapped.id)
			const { event } = await receiver.gets(({ event }) => event.data.message_id === tap)
			assert.partialDeepStrictEqual(event.data, tapped.as)
		})
})

test('an id that is made is never one that is given, or was made before', () => {
	const given = ['a', undefined, 'a 2', undefined, undefined]
	const ids = withIds(given.map((id) => ({ id, text: 'a' }))).map(({ id }) => id)
	assert.deepEqual(ids, ['a', 'a 3', 'a 2', 'a 4', 'a 5'])
})
