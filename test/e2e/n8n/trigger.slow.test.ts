import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import sharp from 'sharp'
import { outputOf } from '../../support/n8n.ts'
import { until } from '../../support/wait.ts'
import { asking, listening, polling, working } from './support/asking.ts'
import {
	ANNA,
	INSTALLING,
	numbered,
	openWorld,
	SHOP,
	storedOnly,
	textsOf,
	type World,
} from './support/world.ts'

describe('The trigger in a real n8n', { timeout: INSTALLING }, () => {
	let world: World

	before(async () => {
		world = await openWorld()
	})
	afterEach(() => world.tidy())
	after(() => world?.close())

	it('catches up on messages from while the workflow was inactive: 50 messages, 50 executions, in order', async () => {
		const workflow = await world.activated(
			listening('Catch up', world.using, { catchUp: 'resume' }),
		)
		await world.gateway.says(ANNA, SHOP, 'first')
		await world.handled(workflow, ['first'])
		await world.deactivated(workflow)
		const texts = numbered('missed', 50)
		for (const text of texts) await world.gateway.says(ANNA, SHOP, text)
		await world.isLogged(texts)
		await world.activated(workflow)
		const runs = await world.handled(workflow, texts)
		assert.deepEqual(textsOf(runs), ['first', ...texts])
		assert.equal(runs.length, 51)
		const [item] = outputOf(runs[1]!, 'Trigger')
		const { chat_id, phone, sender_name, chat_kind, type, from_me, event } = item!.json
		assert.deepEqual(
			{ chat_id, phone, sender_name, chat_kind, type, from_me, event },
			{
				chat_id: `${ANNA}@s.whatsapp.net`,
				phone: ANNA,
				sender_name: 'Anna',
				chat_kind: 'direct',
				type: 'text',
				from_me: false,
				event: 'message.received',
			},
		)
	})

	it('begins with new events when catch-up is off', async () => {
		const workflow = await world.activated(listening('No past', world.using, { catchUp: 'off' }))
		await world.deactivated(workflow)
		await world.gateway.says(ANNA, SHOP, 'nobody listens')
		await world.isLogged(['nobody listens'])
		await world.activated(workflow)
		await world.gateway.says(ANNA, SHOP, 'somebody listens')
		const runs = await world.handled(workflow, ['somebody listens'])
		assert.deepEqual(textsOf(runs), ['somebody listens'])
	})

	it('puts the file of a message into a binary field, unless it is too large', async () => {
		const draft = listening('Files', world.using, { downloadMedia: true, maxMegabytes: 1 })
		const workflow = await world.activated(draft)
		const size = { width: 96, height: 64, channels: 3, background: 'red' } as const
		const picture = await sharp({ create: size }).png().toBuffer()
		const file = { data: picture.toString('base64'), mimetype: 'image/png' }
		await world.sends(ANNA, { to: SHOP, image: file, caption: 'a picture' })
		await world.sends(ANNA, {
			to: SHOP,
			document: file,
			filename: 'Plan für Ä.png',
			caption: 'a document',
		})
		const sent = await world.handled(workflow, ['a picture', 'a document'])
		const [image, document] = sent.map((run) => outputOf(run, 'Trigger')[0])
		for (const item of [image, document]) {
			assert.equal(item?.json.media_error, undefined)
			const { mimeType } = item!.binary!.data!
			assert.equal(mimeType, 'image/png')
			assert.ok(picture.equals(await world.n8n.bytesOf(item!.binary!.data!)), 'the same bytes')
		}
		assert.deepEqual([image?.json.type, document?.json.type], ['image', 'document'])
		assert.equal(image?.binary?.data?.fileName, `${image?.json.message_id}.png`)
		assert.equal(document?.binary?.data?.fileName, 'Plan für Ä.png')
		const large = { data: Buffer.alloc(1_200_000, 7).toString('base64'), mimetype: 'image/png' }
		await world.sends(ANNA, { to: SHOP, image: large, caption: 'large' })
		const runs = await world.handled(workflow, ['a picture', 'a document', 'large'])
		const [other] = outputOf(runs.at(-1)!, 'Trigger')
		assert.equal(other?.json.media_error, 'Larger than 1 MB')
		assert.equal(other?.binary, undefined)
	})

	it('adds the message as WhatsApp has it when it is to', async () => {
		const workflow = await world.activated(listening('Raw', world.using, { raw: true }))
		await world.gateway.says(ANNA, SHOP, 'as it is')
		const [run] = await world.handled(workflow, ['as it is'])
		const { raw, message_id } = outputOf(run!, 'Trigger')[0]!.json as Record<string, any>
		assert.deepEqual([raw.key.id, raw.message.conversation], [message_id, 'as it is'])
	})

	it('makes one item of five messages in a row, and another of a sixth that comes later', async () => {
		const draft = listening('Bursts', world.using, { combine: true, quietSeconds: 1 })
		const workflow = await world.activated(draft)
		const burst = ['hello', 'are you open', 'on Sunday?', 'or Monday', 'thanks']
		for (const text of burst) await world.gateway.says(ANNA, SHOP, text)
		await world.handled(workflow, [burst.join('\n')])
		await world.gateway.says(ANNA, SHOP, 'one more thing')
		const runs = await world.handled(workflow, [burst.join('\n'), 'one more thing'])
		assert.deepEqual(textsOf(runs), [burst.join('\n'), 'one more thing'])
		const [first, second] = runs.map((run) => outputOf(run, 'Trigger'))
		assert.deepEqual([first?.length, second?.length], [1, 1])
		assert.deepEqual(
			(first![0]!.json.messages as { text: string }[]).map(({ text }) => text),
			burst,
		)
	})

	it('decrypts the votes of three phones in a poll that n8n has sent, and counts what one changes', async () => {
		const people = [ANNA, '491700000003', '491700000004']
		for (const [n, phone] of people.entries()) await world.gateway.person(phone, `Voter ${n}`)
		const { id: to } = await world.gateway.request<{ id: string }>('POST', '/sandbox/groups', {
			subject: 'Voters',
			owner: SHOP,
			participants: people,
		})
		const workflow = await world.activated(polling('which day', world.using, ['Friday', 'Sunday']))
		const since = await Promise.all(people.map((phone) => world.gateway.newest(phone)))
		await world.sends(ANNA, { to, text: 'which day' })
		const votes: [string, string, number[]][] = [
			[people[0]!, 'Friday', [1, 0]],
			[people[1]!, 'Sunday', [1, 1]],
			[people[2]!, 'Friday', [2, 1]],
			[people[0]!, 'Sunday', [1, 2]],
		]
		const polls = new Map<string, string>()
		for (const [n, phone] of people.entries()) {
			const poll = await until(`${phone} gets the poll`, async () =>
				(await world.gateway.received(phone, since[n])).find(
					({ message }) => message.pollCreationMessageV3 ?? message.pollCreationMessage,
				),
			)
			polls.set(phone, poll.id)
		}
		for (const [n, [phone, option]] of votes.entries()) {
			await world.votes(phone, polls.get(phone)!, [option])
			await until('the vote is told', async () => (await world.votesIn(workflow)).length === n + 1)
		}
		const told = (await world.votesIn(workflow)).map(({ phone, options, totals }) => ({
			phone,
			options,
			totals: (totals as { votes: number }[]).map(({ votes }) => votes),
		}))
		assert.deepEqual(
			told,
			votes.map(([phone, option, totals]) => ({ phone, options: [option], totals })),
		)
	})

	it('continues with the vote of the asked person, as in the example, also after both were restarted', async () => {
		const { workflow, poll } = await world.asksAnna()
		await Promise.all([world.n8n.stop(), world.gateway.stop()])
		await Promise.all([world.restartGateway(), world.restartN8n()])
		await world.votes(ANNA, poll.id, ['Friday'])
		const confirmed = await world.gateway.receives(ANNA, poll.seq)
		assert.equal(confirmed.text, 'Until Friday!')
		const run = await world.n8n.waitForExecution(workflow)
		assert.equal(run.status, 'success')
		const [{ json }] = outputOf(run, 'Ask for the day') as [{ json: Record<string, unknown> }]
		assert.deepEqual(
			[json.answered, json.answer, json.message_id, json.phone, json.event],
			[true, 'Friday', poll.id, ANNA, 'poll.vote'],
		)
		await until('only the trigger is left', async () => {
			return (await world.webhooks()).length === 1
		})
	})

	it('takes a message in the chat as the answer, but not one that quotes another message', async () => {
		const workflow = await world.activated(asking('delivery', world.using, { question: 'When?' }))
		const since = await world.gateway.newest(ANNA)
		await world.gateway.says(ANNA, SHOP, 'a delivery please')
		const question = await world.gateway.receives(ANNA, since)
		const reply = (text: string, to?: string) =>
			world.gateway.request('POST', `/sandbox/phones/${ANNA}/messages`, {
				to: SHOP,
				text,
				...(to && { reply_to: to }),
			})
		const { messages } = await world.gateway.request<{ messages: { id: string; text?: string }[] }>(
			'GET',
			`/sandbox/phones/${ANNA}/messages?after=0`,
		)
		const earlier = messages.find(({ id }) => id !== question.id)!
		await reply('about something else', earlier.id)
		await reply('tomorrow')
		const run = await world.n8n.waitForExecution(workflow)
		const [item] = outputOf(run, 'Ask')
		assert.deepEqual([item?.json.answered, item?.json.answer], [true, 'tomorrow'])
	})

	it('continues without an answer when the time is over', async () => {
		const question = { question: 'Anybody?', waitAmount: 2, waitUnit: 'seconds' }
		const workflow = await world.activated(asking('silence', world.using, question))
		await world.gateway.says(ANNA, SHOP, 'silence')
		const run = await world.n8n.waitForExecution(workflow)
		const [item] = outputOf(run, 'Ask')
		assert.deepEqual([item?.json.answered, item?.json.answer], [false, null])
	})

	it('runs no message twice, and has each one in its list, when n8n or the gateway is killed among them', async (t) => {
		const workflow = await world.activated(listening('Kills', world.using))
		const texts = numbered('during kills', 60)
		const say = async (from: number, to: number) => {
			for (const text of texts.slice(from, to)) await world.gateway.says(ANNA, SHOP, text)
		}
		await say(0, 15)
		await world.n8n.kill()
		await say(15, 30)
		await world.restartN8n()
		await say(30, 45)
		await world.gateway.kill()
		await world.restartGateway()
		await say(45, 60)
		const runs = await world.handled(workflow, texts)
		const handed = textsOf(runs)
		assert.equal(new Set(handed).size, handed.length, 'none is handed on twice')
		// Whose n8n was killed before it began, and after it had said that the event is its own.
		const stored = storedOnly(runs).filter((text) => !handed.includes(text))
		assert.deepEqual([...handed, ...stored].sort(), [...texts].sort())
		t.diagnostic(
			`${stored.length} of ${texts.length} are in n8n's list as crashed, and were not run`,
		)
		assert.equal((await world.webhooks()).length, 1, 'one webhook, as before')
	})

	it('gets events again that waited for their turn in an n8n that was killed', async () => {
		await world.n8n.kill()
		await world.restartN8n({ N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' })
		const workflow = await world.activated(working('One at a time', world.using))
		await world.gateway.says(ANNA, SHOP, 'slow')
		await world.gateway.says(ANNA, SHOP, 'waits for its turn')
		await until('n8n has stored both', async () => {
			return (await world.n8n.executions(workflow)).length === 2
		})
		await world.n8n.kill()
		await world.restartN8n()
		await until(
			'the second is handled',
			async () => {
				return textsOf(await world.runsOf(workflow)).includes('waits for its turn')
			},
			{ timeout: 90_000 },
		)
	})
})
