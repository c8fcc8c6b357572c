import assert from 'node:assert/strict'
import { it } from 'node:test'
import { until } from '../../../support/wait.ts'
import { withParameters } from '../support/asking.ts'
import { ANNA, BEN, COLLEAGUE, jidOf, SHOP, type Shop } from './shop.ts'

const order = (number: string) =>
	JSON.stringify({
		order: number,
		name: 'Anna',
		phone: `+${ANNA}`,
		items: '2 × espresso',
		total: '19.80 €',
	})

export function orders(shop: () => Shop) {
	const ordered = (number: string) =>
		shop().posts('webhook/new-order', order(number), { 'content-type': 'application/json' })

	it('confirm an order by a poll', async () => {
		const { starts, gateway, votes, reads, keeps } = shop()
		await starts('order-confirmation')
		const table = 'whatsapp_orders'
		for (const [number, choice, state, answer] of [
			['1042', 'Yes, send it', 'Yes, send it', 'Thank you, Anna! We are packing order 1042.'],
			['1043', 'Cancel it', 'Cancel it', 'Order 1043 is cancelled. You pay nothing.'],
		] as const) {
			const since = await gateway.newest(ANNA)
			await ordered(number)
			const poll = await gateway.receives(ANNA, since)
			const { name } = poll.message.pollCreationMessageV3
			assert.match(name, new RegExp(`order ${number}: 2 × espresso, 19.80 € in total`))
			await votes(ANNA, poll.id, [choice])
			await reads(ANNA, poll.seq, [answer])
			await until('it is kept', async () => {
				const row = (await shop().n8n.rows(table)).find((row) => row.order === number)
				return row?.state === state
			})
		}
		await ordered('1043')
		await keeps(table, [{ order: '1042' }, { order: '1043' }])
	})

	it('remind of an order that nobody confirms', async () => {
		const { starts, gateway } = shop()
		const soon = { waitAmount: 1, waitUnit: 'seconds' }
		await starts('order-confirmation', (draft) => withParameters(draft, 'Ask the customer', soon))
		const since = await gateway.newest(ANNA)
		await ordered('1044')
		const poll = await gateway.receives(ANNA, since)
		const reminder = await gateway.receives(ANNA, poll.seq)
		assert.match(reminder.text, /still waiting for your word on order 1044/)
	})

	it('follow the labels of chats', async () => {
		const { starts, gateway, phone, keeps } = shop()
		await starts('label-pipeline')
		const labels = ['New order', 'Paid', 'Order complete']
		for (const [n, name] of labels.entries())
			await phone(SHOP, 'labels', { label_id: `${n + 1}`, name })
		let { seq } = { seq: await gateway.newest(ANNA) }
		for (const [n, answer] of [/DE00 0000/, /has arrived/, undefined].entries()) {
			await phone(SHOP, 'chats', { to: ANNA, label: { label_id: `${n + 1}`, labeled: true } })
			const message = await gateway.receives(ANNA, seq)
			seq = message.seq
			if (answer) assert.match(message.text, answer)
			else assert.equal(message.message.pollCreationMessageV3.name, 'How was everything?')
			await keeps('whatsapp_pipeline', [{ chat_id: jidOf(ANNA), stage: labels[n] }])
		}
		await until('the chat is archived', async () => {
			const { chats } = await gateway.request<{ chats: { chat: string; archived?: boolean }[] }>(
				'GET',
				`/sandbox/phones/${SHOP}/chats`,
			)
			return chats.find(({ chat }) => chat === jidOf(ANNA))?.archived
		})
	})

	it('list each step of a delivery, and tell of a refusal', async () => {
		const { starts, gateway, n8n, phone } = shop()
		const table = 'whatsapp_deliveries'
		await starts('delivery-status')
		const send = (text: string) =>
			gateway.request<{ message_id: string }>('POST', '/api/v1/sessions/main/messages/text', {
				to: ANNA,
				text,
			})
		const { message_id: id } = await send('Your parcel is on its way')
		const since = await gateway.newest(COLLEAGUE)
		await gateway.receives(ANNA, 0, (message) => message.id === id)
		await phone(ANNA, 'read', { id })
		await until('each step is a row', async () => {
			const steps = (await n8n.rows(table)).filter((row) => row.message_id === id)
			const known = new Set(steps.map(({ status }) => status))
			return ['sent', 'delivered', 'read'].every((status) => known.has(status)) && steps
		})
		await gateway.request('POST', '/sandbox/faults', {
			type: 'refuse_messages',
			account: SHOP,
			code: 479,
		})
		await send('Refused').catch(() => {})
		const told = await gateway.receives(COLLEAGUE, since)
		assert.match(told.text, /^WhatsApp refused a message to (Anna|\+491700000002): ./)
	})

	it('keep leads from ads, and ask what they want', async () => {
		const { starts, gateway, sends, votes, reads, keeps } = shop()
		await starts('lead-from-ad')
		const since = await gateway.newest(ANNA)
		const sales = await gateway.newest(COLLEAGUE)
		await gateway.says(BEN, SHOP, 'I came by myself')
		const externalAdReply = {
			title: 'Summer courses',
			sourceType: 'ad',
			sourceId: '1234',
			ctwaClid: 'click-1',
		}
		const text = 'Tell me more'
		const message = { extendedTextMessage: { text, contextInfo: { externalAdReply } } }
		await sends(ANNA, { to: SHOP, message })
		const poll = await gateway.receives(ANNA, since)
		await votes(ANNA, poll.id, ['A course'])
		await reads(ANNA, poll.seq, ['Thank you! A colleague will write to you today.'])
		await reads(COLLEAGUE, sales, [
			`New lead: Anna (+${ANNA}), by the ad "Summer courses". Interest: A course`,
		])
		const ad = { ad: 'Summer courses', ad_id: '1234', click_id: 'click-1', first_message: text }
		await keeps('whatsapp_leads', [{ name: 'Anna', phone: ANNA, ...ad, interest: 'A course' }])
	})

	it('send a broadcast one by one, and say in each row what became of it', async () => {
		const { starts, gateway, n8n, posts, reads, keeps } = shop()
		const nobody = '491709999999'
		await starts('broadcast', (draft) => withParameters(draft, 'Pause', { amount: 1 }))
		await n8n.insertRows('whatsapp_broadcast', [
			{ name: 'Nobody', phone: `+${nobody}`, agreed: true },
			{ name: 'Anna', phone: `+${ANNA}`, agreed: true },
			{ name: 'Ben', phone: `+${BEN}`, agreed: false },
		])
		const [anna, ben, mine] = await Promise.all([ANNA, BEN, COLLEAGUE].map(gateway.newest))
		const form = new FormData()
		form.set('field-0', 'Hello {name}, we open on Sunday!')
		await posts('form/broadcast', form)
		await reads(ANNA, anna!, ['Hello Anna, we open on Sunday!'])
		await reads(COLLEAGUE, mine!, ['The broadcast to 2 people is over.'])
		await keeps('whatsapp_broadcast', [{ state: 'failed' }, { state: 'sent' }, { state: null }])
		const [failed] = await n8n.rows('whatsapp_broadcast')
		assert.match(String(failed!.error), /not on WhatsApp/i)
		assert.equal(await gateway.newest(BEN), ben)
	})
}
