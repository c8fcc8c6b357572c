import assert from 'node:assert/strict'
import { it } from 'node:test'
import { until } from '../../../support/wait.ts'
import { example } from '../support/asking.ts'
import { startModel, type ToolCall } from '../support/model.ts'
import { ANNA, BEN, COLLEAGUE, jidOf, SHOP, type Shop } from './shop.ts'

const HOUR = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()

export function conversations(shop: () => Shop) {
	/** An example with a model that answers as the test says. */
	async function withModel(file: string, answer: Parameters<typeof startModel>[0]) {
		const { n8n, using } = shop()
		const model = await startModel(answer)
		const { id, name } = await n8n.createCredential('Model', 'openAiApi', {
			apiKey: 'none is needed',
			url: `${model.url}/v1`,
			header: false,
		})
		const draft = example(file, using, { 'OpenAI Chat Model': { openAiApi: { id, name } } })
		return { model, draft }
	}

	it('answer a message', async () => {
		const { starts, gateway, reads } = shop()
		await starts('answer-hello')
		const since = await gateway.newest(ANNA)
		await gateway.says(ANNA, SHOP, 'hello')
		await reads(ANNA, since, ['Hello Anna, n8n got your message: hello'])
	})

	it('let an AI agent answer once to several messages in a row, and remember the chat', async () => {
		const { starts, gateway } = shop()
		const { model, draft } = await withModel(
			'ai-agent',
			(said) => `You said ${JSON.stringify(said)}`,
		)
		await starts('ai-agent', () => draft)
		const [since, ben] = await Promise.all([ANNA, BEN].map(gateway.newest))
		for (const text of ['hi', 'is the shop', 'open on Sunday?'])
			await gateway.says(ANNA, SHOP, text)
		const burst = 'hi\nis the shop\nopen on Sunday?'
		const answer = await gateway.receives(ANNA, since!)
		assert.equal(answer.text, `You said ${JSON.stringify([burst])}`)
		await gateway.says(ANNA, SHOP, 'and on Monday?')
		await gateway.says(BEN, SHOP, 'who am I?')
		const next = await gateway.receives(ANNA, answer.seq)
		assert.equal(next.text, `You said ${JSON.stringify([burst, 'and on Monday?'])}`)
		const other = await gateway.receives(BEN, ben!)
		assert.equal(other.text, 'You said ["who am I?"]')
		assert.ok(model.instructions.some((text) => /answer Ben on WhatsApp/.test(text)))
		await model.stop()
	})

	it('let an AI agent look up orders, send a location and ask a colleague', async () => {
		const { starts, gateway, n8n } = shop()
		const steps: ToolCall[][] = [
			[{ tool: 'Look_up_orders' }],
			[
				{ tool: 'Send_the_location' },
				{ tool: 'Ask_a_colleague', input: { question: 'a receipt' } },
			],
		]
		const { model, draft } = await withModel('ai-agent-tools', (_said, results) => {
			if (results.length < 2) return steps[results.length]!
			return `I know: ${results[0]}`
		})
		await starts('ai-agent-tools', () => draft)
		await n8n.insertRows('whatsapp_shop_orders', [
			{ order: '1042', phone: ANNA, state: 'on its way' },
			{ order: '1043', phone: BEN, state: 'paid' },
		])
		const [since, colleague] = await Promise.all([ANNA, COLLEAGUE].map(gateway.newest))
		await gateway.says(ANNA, SHOP, 'Where is my order, where are you, and can I have a receipt?')
		const place = await gateway.receives(ANNA, since!)
		assert.equal(place.message.locationMessage?.name, 'Our shop')
		const answer = await gateway.receives(ANNA, place.seq)
		assert.match(answer.text, /^I know: .*1042.*on its way/)
		assert.doesNotMatch(answer.text, /1043/)
		const asked = await gateway.receives(COLLEAGUE, colleague!)
		assert.equal(asked.text, `Anna (+${ANNA}) needs help: a receipt`)
		await model.stop()
	})

	it('ask a question and go on with the answer', async () => {
		const { asksAnna, votes, reads, webhooks } = shop()
		const { poll } = await asksAnna()
		await votes(ANNA, poll.id, ['Monday'])
		await reads(ANNA, poll.seq, ['Until Monday!'])
		await until('only the trigger is left', async () => (await webhooks()).length === 1)
	})

	it('hand a chat over to a human, and back to the bot', async () => {
		const { starts, runsNow, isDoneWith, gateway, n8n, reads, keeps, phone } = shop()
		const table = 'whatsapp_takeovers'
		const workflow = await starts('human-takeover')
		const [since, ben, team] = await Promise.all([ANNA, BEN, COLLEAGUE].map(gateway.newest))
		const hours = 'We are open from Monday to Friday, 9 to 18.'
		const prices = 'Our prices: https://example.com/prices'
		const human = 'A colleague will answer you here.'
		await gateway.says(ANNA, SHOP, 'When are you open?')
		await reads(ANNA, since!, [hours])
		await gateway.says(ANNA, SHOP, 'I want to talk to a human')
		await reads(ANNA, since!, [hours, human])
		await reads(COLLEAGUE, team!, [
			`Anna (+${ANNA}) wants to talk to a human: I want to talk to a human`,
		])
		const isSilentAt = async (from: string, text: string) => {
			await gateway.says(from, SHOP, text)
			await isDoneWith(workflow, 'Customer writes', text)
		}
		await isSilentAt(ANNA, 'What is the price?')
		await phone(SHOP, 'chats', { to: ANNA, archived: true })
		await keeps(table, [])
		await gateway.says(ANNA, SHOP, 'How much is it?')
		await reads(ANNA, since!, [hours, human, prices])

		await gateway.says(SHOP, ANNA, 'Maria here, can I help?')
		await keeps(table, [{ chat_id: jidOf(ANNA) }])
		await n8n.insertRows(table, [{ chat_id: jidOf(BEN), name: 'Ben', until: inHours(-1) }])
		await isSilentAt(BEN, 'Are you open?')
		await runsNow(workflow)
		await keeps(table, [{ chat_id: jidOf(ANNA) }])
		await gateway.says(BEN, SHOP, 'And the price?')
		await reads(BEN, ben!, [prices])
	})

	it('remind of appointments, ask again, and take the answers', async () => {
		const { starts, runsNow, gateway, n8n, reads, keeps, phone } = shop()
		const table = 'whatsapp_appointments'
		const workflow = await starts('appointment-reminder')
		await n8n.insertRows(table, [
			{ name: 'Anna', phone: ANNA, at: inHours(5), state: 'planned' },
			{ name: 'Ben', phone: BEN, at: inHours(6), state: 'asked', asked_at: inHours(-4) },
			{ name: 'Ben', phone: BEN, at: inHours(60), state: 'planned' },
		])
		const [anna, ben, mine] = await Promise.all([ANNA, BEN, COLLEAGUE].map(gateway.newest))
		await runsNow(workflow)
		await keeps(table, [{ state: 'asked' }, { state: 'asked again' }, { state: 'planned' }])
		const buttons = await gateway.receives(ANNA, anna!)
		await phone(ANNA, 'tap', { id: buttons.id, button: 'Yes, I will come' })
		await reads(ANNA, buttons.seq, ['Thank you, Anna. See you then!'])
		const again = await gateway.receives(BEN, ben!)
		assert.match(again.text, /^We have not heard from you yet, Ben\. .* or NO\.$/)
		await gateway.says(BEN, SHOP, 'No')
		await reads(BEN, again.seq, [
			'Your appointment is cancelled, Ben. Write which day suits you, and we will answer.',
		])
		const told = await gateway.receives(COLLEAGUE, mine!)
		assert.match(told.text, /^Ben does not come on \w+, \d+ \w+, \d\d:\d\d\.$/)
		await keeps(table, [{ state: 'confirmed' }, { state: 'cancelled' }, { state: 'planned' }])
	})
}
