import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import sharp from 'sharp'
import { linkedGateway, openGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

const STATUS = 'status@broadcast'
const MESSAGES = '/api/v1/sessions/main/messages'

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, sandbox } = world
	const bora = sandbox.phone('491700000003', { name: 'Bora' })
	const post = (type: string, body: object) =>
		gateway.request('POST', `${MESSAGES}/${type}`, { to: STATUS, ...body })
	return { ...world, bora, post }
}

test('a status is seen by its audience and on the own phone only', async (t) => {
	const { post, ada, bora, owner } = await openWorld(t)
	const { phone, lid } = ada.account
	for (const [text, who] of [
		['sale today', `+${phone}`],
		['sale tomorrow', `${lid}@lid`],
	] as const) {
		const { status, body, text: answer } = await post('text', { text, audience: [who] })
		assert.equal(status, 200, answer)
		assert.equal(body.to, STATUS)
		assert.equal((await ada.receives(text)).chat, STATUS)
		assert.equal((await owner.receives(text)).fromMe, true)
	}
	assert.equal(bora.inbox.entries.length, 0)
})

test('a status has its color and its font, and may be a file', async (t) => {
	const { post, ada } = await openWorld(t)
	const audience = [ada.account.phone]
	const look = { background_color: '#1F7AEC', font: 'system_bold' }
	await post('text', { text: 'colorful', ...look, audience })
	const { message } = await ada.receives('colorful')
	const { backgroundArgb, textArgb, font } = message!.extendedTextMessage!
	assert.deepEqual([backgroundArgb, textArgb, font], [0xff1f7aec, 0xffffffff, 6])

	const picture = sharp({ create: { width: 96, height: 64, channels: 3, background: 'teal' } })
	const image = { data: (await picture.png().toBuffer()).toString('base64') }
	const { body } = await post('image', { image, caption: 'teal', audience })
	const { message: shown, media } = await ada.receives(({ id }) => id === body.message_id)
	assert.equal(shown?.imageMessage?.caption, 'teal')
	assert.ok(media!.size > 0)
})

test('a status needs an audience of people', async (t) => {
	const { post } = await openWorld(t)
	for (const [audience, field] of [
		[undefined, 'audience'],
		[[], 'audience'],
		[['4930123456', 'Ann'], 'audience.1'],
		[['120363000000000000@g.us'], 'audience.0'],
	] as const) {
		const { status, body, text } = await post('text', { text: 'hi', audience })
		assert.deepEqual([status, body.field], [400, field], text)
	}
})

test('a status without an answer at the end of a gateway goes to the same audience again', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t, { sendTimeout: 0.5 })
	sandbox.whatsapp.faults.holdAcks(owner.account.phone)
	const audience = [ada.account.phone]
	const status = { to: STATUS, text: 'twice', audience }
	const { status: code, body } = await gateway.request('POST', `${MESSAGES}/text`, status)
	assert.deepEqual([code, body.status], [202, 'pending'])
	await ada.receives('twice')
	await gateway.stop()

	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	const seenTwice = () => ada.inbox.entries.some(({ copies }) => copies === 2)
	await until('the status comes again', seenTwice)
})
