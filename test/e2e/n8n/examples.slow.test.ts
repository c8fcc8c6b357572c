import assert from 'node:assert/strict'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import sharp from 'sharp'
import { ROOT } from '../../support/paths.ts'
import type { WorkflowNode } from '../../support/n8n.ts'
import { until } from '../../support/wait.ts'
import { example } from './support/asking.ts'
import { startModel } from './support/model.ts'
import { ANNA, INSTALLING, openWorld, SHOP, type World } from './support/world.ts'

const BEN = '491700000003'

describe('The examples in a real n8n', { timeout: INSTALLING }, () => {
	let world: World

	before(async () => {
		world = await openWorld()
		await world.gateway.person(BEN, 'Ben')
	})
	afterEach(() => world.tidy())
	after(() => world?.close())

	it('are each named in the docs', () => {
		const page = readFileSync(join(ROOT, 'docs/n8n.md'), 'utf8')
		const files = globSync('docs/examples/*.json', { cwd: ROOT }).map((file) => basename(file))
		assert.ok(files.length >= 5)
		for (const file of files) assert.ok(page.includes(`examples/${file}`), file)
	})

	it('answer a message', async () => {
		await world.activated(example('answer-hello', world.using))
		const since = await world.gateway.newest(ANNA)
		await world.gateway.says(ANNA, SHOP, 'hello')
		const answer = await world.gateway.receives(ANNA, since)
		assert.equal(answer.text, 'Hello Anna, n8n got your message: hello')
	})

	it('let an AI agent answer once to several messages in a row, and remember the chat', async () => {
		const model = await startModel((said) => `You said ${JSON.stringify(said)}`)
		const account = await world.n8n.createCredential('Model', 'openAiApi', {
			apiKey: 'none is needed',
			url: `${model.url}/v1`,
			header: false,
		})
		const draft = example('ai-agent', world.using, {
			'OpenAI Chat Model': { openAiApi: { id: account.id, name: account.name } },
		})
		await world.activated(draft)
		const since = await world.gateway.newest(ANNA)
		for (const text of ['hi', 'is the shop', 'open on Sunday?'])
			await world.gateway.says(ANNA, SHOP, text)
		const burst = 'hi\nis the shop\nopen on Sunday?'
		const answer = await world.gateway.receives(ANNA, since)
		assert.equal(answer.text, `You said ${JSON.stringify([burst])}`)
		await world.gateway.says(ANNA, SHOP, 'and on Monday?')
		const next = await world.gateway.receives(ANNA, answer.seq)
		assert.equal(next.text, `You said ${JSON.stringify([burst, 'and on Monday?'])}`)
		await world.gateway.says(BEN, SHOP, 'who am I?')
		const other = await world.gateway.receives(BEN, 0)
		assert.equal(other.text, 'You said ["who am I?"]')
		assert.match(model.instructions.at(-1)!, /answer Ben on WhatsApp/)
		await model.stop()
	})

	it('ask a group by a poll and write to each voter', async () => {
		const { id: to } = await world.gateway.request<{ id: string }>('POST', '/sandbox/groups', {
			subject: 'Office',
			owner: SHOP,
			participants: [ANNA, BEN],
		})
		await world.activated(example('poll-and-follow-up', world.using))
		const before = await world.gateway.newest(BEN)
		await world.sends(ANNA, { to, text: 'Lunch?' })
		const poll = await until('Ben is asked', async () =>
			(await world.gateway.received(BEN, before)).find(
				({ message }) => message.pollCreationMessageV3,
			),
		)
		await world.votes(BEN, poll.id, ['Sushi'])
		const first = await world.gateway.receives(BEN, poll.seq)
		assert.equal(first.text, 'Sushi for you, Ben. So far: Pizza 0, Sushi 1, Salad 0.')
		await world.votes(BEN, poll.id, [])
		await world.votes(BEN, poll.id, ['Pizza'])
		const second = await world.gateway.receives(BEN, first.seq)
		assert.equal(second.text, 'Pizza for you, Ben. So far: Pizza 1, Sushi 0, Salad 0.')
	})

	it('ask a question and go on with the answer', async () => {
		const { poll } = await world.asksAnna()
		await world.votes(ANNA, poll.id, ['Monday'])
		assert.equal((await world.gateway.receives(ANNA, poll.seq)).text, 'Until Monday!')
		await until('only the trigger is left', async () => (await world.webhooks()).length === 1)
	})

	it('save the files of messages, whatever their names, and react to them', async () => {
		const draft = example('save-media', world.using)
		const [write] = draft.nodes.filter(({ name }) => name === 'Write to disk')
		const fileName = String(write!.parameters.fileName)
		const here = fileName.replace('/home/node/.n8n-files', world.folder)
		assert.notEqual(here, fileName)
		const nodes = withParameters(draft.nodes, 'Write to disk', { fileName: here })
		await world.activated({ ...draft, nodes })
		const since = await world.gateway.newest(ANNA)
		const size = { width: 64, height: 64, channels: 3, background: 'blue' } as const
		const bytes = await sharp({ create: size }).png().toBuffer()
		const data = bytes.toString('base64')
		await world.gateway.says(ANNA, SHOP, 'no file')
		const filename = '../../plan.png'
		await world.sends(ANNA, { to: SHOP, document: { data, mimetype: 'image/png' }, filename })
		const tick = await world.gateway.receives(ANNA, since)
		assert.equal(tick.message.reactionMessage?.text, '✅')
		const id = tick.message.reactionMessage.key.id
		const saved = readdirSync(world.folder).filter((name) => name.startsWith(id))
		assert.deepEqual(saved.length, 1)
		assert.ok(bytes.equals(readFileSync(join(world.folder, saved[0]!))))
	})
})

const withParameters = (nodes: WorkflowNode[], called: string, parameters: object) =>
	nodes.map((node) =>
		node.name === called ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
	)
