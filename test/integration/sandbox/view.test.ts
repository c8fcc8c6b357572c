import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import type { Phone } from '../../../gateway/src/sandbox/index.ts'
import { startSandbox } from '../../../gateway/src/sandbox/index.ts'
import type { Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import type { Bubble } from '../../../gateway/src/sandbox/view/bubble.ts'
import { temporaryDirectory } from '../../support/directories.ts'
import { until } from '../../support/wait.ts'
import { controlOf, type Control } from './support/control.ts'
import { openStream } from './support/stream.ts'

const SHOP = '491700000001'
const ANNA = '491700000002'
const SHOP_JID = `${SHOP}@s.whatsapp.net`
const ANNA_JID = `${ANNA}@s.whatsapp.net`

let sandbox: Sandbox
let control: Control
let shop: Phone
let anna: Phone
let page: Awaited<ReturnType<typeof openStream>>

before(async () => {
	sandbox = await startSandbox({ servesControl: true })
	control = controlOf(sandbox)
	shop = sandbox.phone(SHOP, { name: 'Oak & Iron' })
	anna = sandbox.phone(ANNA, { name: 'Anna Weber' })
	page = await openStream(sandbox, ANNA)
})
after(() => sandbox.close())

const byId = (id: string) => (bubble: Bubble) => bubble.id === id

const idIn = async (answer: Response) => ((await answer.json()) as { id: string }).id

async function does(phone: string, verb: string, body: object, status = 201): Promise<any> {
	const answer = await control.post(`/phones/${phone}/${verb}`, body)
	const text = await answer.text()
	assert.equal(answer.status, status, text)
	return JSON.parse(text)
}

test('a page gets a snapshot, then what changes, under rising numbers', async () => {
	const snapshot = await until('the snapshot', () => page.events[0])
	assert.equal(snapshot.name, 'snapshot')
	assert.equal(page.value('me'), ANNA)
	assert.equal(page.value(`person/${ANNA}`).online, true)
	const id = await shop.says('Hello *Anna*', { to: anna })
	const bubble = await page.shows('the greeting', byId(id))
	assert.deepEqual(bubble.content, { kind: 'text', text: 'Hello *Anna*' })
	assert.deepEqual(bubble.author, { id: SHOP_JID, name: 'Oak & Iron' })
	assert.equal(bubble.mine, false)
	const chat = await page.chatBecomes('unread', ({ unread }) => unread === 1)
	assert.equal(chat.last?.text, 'Hello *Anna*')
	await does(ANNA, `chats/${SHOP_JID}/read`, {}, 200)
	await page.chatBecomes('read', ({ unread }) => unread === 0)
})

test('ticks go from sent to delivered, read and played', async () => {
	shop.goesOffline()
	const { id } = await does(ANNA, 'messages', { to: SHOP, text: 'Open?' })
	await page.shows('one tick', (bubble) => bubble.id === id && bubble.tick === 'sent')
	shop.comesBack()
	await page.shows('two ticks', (bubble) => bubble.id === id && bubble.tick === 'delivered')
	await does(SHOP, 'read', { id }, 200)
	await page.shows('blue ticks', (bubble) => bubble.id === id && bubble.tick === 'read')
})

test('what a person writes offline waits, in its order', async () => {
	await does(ANNA, 'offline', {}, 200)
	const first = await does(ANNA, 'messages', { to: SHOP, text: 'one' })
	const second = await does(ANNA, 'messages', { to: SHOP, text: 'two' })
	const waits = await page.shows('the clock', byId(second.id))
	assert.equal(waits.tick, 'waiting')
	assert.equal(page.value(`person/${ANNA}`).online, false)
	await does(ANNA, 'online', {}, 200)
	await page.shows('ticks', (bubble) => bubble.id === second.id && bubble.tick === 'delivered')
	const texts = shop.inbox.entries.slice(-2).map(({ id }) => id)
	assert.deepEqual(texts, [first.id, second.id])
})

test('held acknowledgements show the clock and are listed until they end', async () => {
	await control.post('/faults', { type: 'hold_acks', account: ANNA })
	const { id } = await does(ANNA, 'messages', { to: '491700000009', text: 'nobody is there' })
	await page.shows('the clock', (bubble) => bubble.id === id && bubble.tick === 'waiting')
	const [fault] = await until('the fault', () => page.value('faults')[0] && page.value('faults'))
	assert.deepEqual(fault, { type: 'hold_acks', account: ANNA, waiting: 1 })
	await control.fetch('/faults', { method: 'DELETE' })
	await page.shows('a tick', (bubble) => bubble.id === id && bubble.tick === 'sent')
	assert.deepEqual((await control.get('/faults')).faults, [])
})

test('a refused message says with which code', async () => {
	await control.post('/faults', { type: 'refuse_messages', account: ANNA, code: 463 })
	const { id } = await does(ANNA, 'messages', { to: SHOP, text: 'no' })
	const bubble = await page.shows('the refusal', (bubble) => bubble.id === id && bubble.refusal)
	assert.deepEqual([bubble.tick, bubble.refusal], ['refused', 463])
})

test('a garbled message says so, then mends itself', async () => {
	await control.post('/faults', { type: 'garble', account: ANNA })
	const id = await shop.says('mended', { to: anna })
	// It is asked for the message again, and does not hear it yet.
	shop.goesOffline()
	await page.shows('why', ({ id: own, content }) => own === id && content.kind === 'unreadable')
	shop.comesBack()
	await page.shows('the text', ({ id: own, content }) => own === id && content.kind === 'text')
})

test('votes are counted, and taken back', async () => {
	const options = ['Thursday', 'Friday'].map((optionName) => ({ optionName }))
	const poll = { pollCreationMessageV3: { name: 'Which day?', options, selectableOptionsCount: 1 } }
	const id = await shop.sends(poll, { to: anna })
	await page.shows('the poll', byId(id))
	const votes = (bubble: Bubble) =>
		bubble.content.kind === 'poll' ? bubble.content.options.map(({ votes }) => votes) : []
	await does(ANNA, 'vote', { id, options: ['Friday'] })
	const voted = await page.shows('a vote', (bubble) => bubble.id === id && votes(bubble)[1] === 1)
	assert.ok(voted.content.kind === 'poll' && voted.content.options[1]!.mine)
	await shop.votes(id, ['Friday'])
	await page.shows('two votes', (bubble) => bubble.id === id && votes(bubble)[1] === 2)
	await does(ANNA, 'vote', { id, options: [] })
	await page.shows('one again', (bubble) => bubble.id === id && votes(bubble)[1] === 1)
})

test('edits, reactions, pins and deletions of both sides are applied', async () => {
	for (const [writer, to] of [
		[shop, ANNA],
		[anna, SHOP],
	] as const) {
		const id = await writer.says('Saturday', { to })
		await writer.edits(id, 'Sunday')
		const edited = await page.shows('the edit', (bubble) => bubble.id === id && bubble.edited)
		assert.deepEqual(edited.content, { kind: 'text', text: 'Sunday' })
		await until('it arrived', () => (writer === shop ? anna : shop).inbox.entries.some(byIdOf(id)))
		await shop.reacts(id, '👍')
		await anna.reacts(id, '❤️')
		const reacted = await page.shows('two reactions', (bubble) => {
			return bubble.id === id && bubble.reactions.length === 2
		})
		assert.deepEqual(
			reacted.reactions.map(({ emoji, mine }) => [emoji, mine]).sort(),
			[
				['❤️', true],
				['👍', false],
			].sort(),
		)
		await anna.pins(id)
		await page.shows('the pin', (bubble) => bubble.id === id && bubble.pinned)
		await writer.deletes(id)
		await page.shows(
			'it is gone',
			({ id: own, content }) => own === id && content.kind === 'deleted',
		)
	}
})
const byIdOf = (id: string) => (entry: { id: string }) => entry.id === id

test('others type, and are seen online', async () => {
	shop.appears('available')
	await page.chatBecomes('online', ({ id, online }) => id === SHOP_JID && online)
	shop.types(ANNA_JID)
	await page.chatBecomes('typing', ({ typing }) => typing?.state === 'composing')
	await shop.says('written', { to: anna })
	await page.chatBecomes('typing no more', ({ id, typing }) => id === SHOP_JID && !typing)
})

test('a group tells who did what, and who wrote stands above', async () => {
	const ben = sandbox.phone('491700000003', { name: 'Ben' })
	const made = await control.post('/groups', { subject: 'Tea', owner: SHOP, participants: [ANNA] })
	const group = await idIn(made)
	await page.shows('that it was made', ({ chat, content }) => {
		return chat === group && content.kind === 'system' && /Oak & Iron created/.test(content.text)
	})
	await control.post(`/groups/${group}`, { by: SHOP, add: [ben.account.phone] })
	await page.shows('that Ben was added', ({ content }) => {
		return content.kind === 'system' && content.text === 'Oak & Iron added Ben.'
	})
	const id = await ben.says('hi', { to: group })
	assert.equal((await page.shows('the text', byId(id))).author.name, 'Ben')
	const mine = await does(ANNA, 'messages', { to: group, text: 'hello' })
	await page.shows('two ticks when both have it', (bubble) => {
		return bubble.id === mine.id && bubble.tick === 'delivered'
	})
	const { groups } = await control.get('/groups')
	assert.ok(groups.some((each: { id: string }) => each.id === group))
})

test('a channel is a chat in which its owner writes, and posts have their reactions', async () => {
	const made = await control.post('/channels', { name: 'News', owner: SHOP, followers: [ANNA] })
	const channel = await idIn(made)
	const { id } = await does(SHOP, 'messages', { to: channel, text: 'A new table' })
	const post = await page.shows('the post', byId(id))
	assert.equal(post.author.name, 'News')
	assert.equal(post.post, 100)
	const chat = await page.chatBecomes('a chat', (each) => each.id === channel)
	assert.deepEqual([chat.kind, chat.may_write], ['channel', false])
	await does(ANNA, 'channel', { channel, react: { server_id: 100, emoji: '🪵' } }, 200)
	const { reactions } = await page.shows('it', (bubble) => bubble.id === id && bubble.reactions[0])
	assert.deepEqual(reactions, [{ emoji: '🪵', mine: true, by: ['Anna Weber'] }])
})

test('calls are lines of their chat, on the phones of both sides', async () => {
	const lines = () =>
		page
			.bubbles()
			.filter(({ chat }) => chat === SHOP_JID)
			.flatMap(({ content }) => (content.kind === 'system' ? content.text : []))
			.filter((text) => /call/.test(text))
	const { id: theirs } = await does(SHOP, 'call', { to: ANNA, video: true })
	await does(SHOP, 'hang-up', { id: theirs }, 200)
	const { id: own } = await does(ANNA, 'call', { to: SHOP })
	await does(ANNA, 'hang-up', { id: own }, 200)
	await until('the lines', () => lines().length === 4)
	assert.deepEqual(lines(), [
		'Oak & Iron called with video.',
		'The call has ended.',
		'Anna Weber called.',
		'The call has ended.',
	])
})

test('a reply quotes, and older bubbles come by pages', async () => {
	const id = await shop.says('Which table?', { to: anna })
	await page.shows('the question', byId(id))
	const reply = await does(ANNA, 'messages', { to: SHOP, text: 'Oak', reply_to: id })
	const { quote } = await page.shows('the reply', byId(reply.id))
	assert.deepEqual(quote, { id, author: 'Oak & Iron', text: 'Which table?' })
	const path = `/phones/${ANNA}/chats/${SHOP_JID}/bubbles`
	const newest = await control.get(`${path}?limit=2`)
	assert.equal(newest.more, true)
	assert.deepEqual(newest.bubbles.at(-1).id, reply.id)
	const older = await control.get(`${path}?limit=2&before=${newest.bubbles[0].seq}`)
	assert.equal(older.bubbles.length, 2)
	assert.ok(older.bubbles[1].seq < newest.bubbles[0].seq)
})

test('whoever comes back by the last number gets what was missed and nothing else', async () => {
	const other = await openStream(sandbox, ANNA)
	await until('its snapshot', () => other.lastId)
	const last = other.lastId
	other.close()
	const id = await shop.says('missed', { to: anna })
	await page.shows('it', byId(id))
	const back = await openStream(sandbox, ANNA, last)
	await back.shows('what was missed', byId(id))
	assert.ok(back.events.every(({ name }) => name === 'change'))
	back.close()
	const stranger = await openStream(sandbox, ANNA, 'another-1')
	await until('a snapshot', () => stranger.events[0]?.name === 'snapshot')
	stranger.close()
})

const size = '64x64'
const ffmpeg = (...given: string[]) =>
	execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-f', 'lavfi', ...given, 'pipe:1'])

test('a recorded voice note arrives as ogg, and its bytes by ranges', async () => {
	const webm = ffmpeg('-i', 'sine=duration=1', '-c:a', 'libopus', '-f', 'webm')
	const form = new FormData()
	form.set('to', SHOP)
	form.set('ptt', 'true')
	form.set('audio', new Blob([webm], { type: 'audio/webm;codecs=opus' }), 'note.webm')
	const id = await idIn(await control.send('POST', `/phones/${ANNA}/messages`, form))
	const { media } = await shop.receives((entry) => entry.id === id)
	assert.equal(media?.mimetype, 'audio/ogg; codecs=opus')
	for (const phone of [ANNA, SHOP]) {
		const whole = await control.fetch(`/phones/${phone}/messages/${id}/media`)
		const bytes = Buffer.from(await whole.arrayBuffer())
		assert.equal(bytes.toString('latin1', 0, 4), 'OggS')
		const part = await control.fetch(`/phones/${phone}/messages/${id}/media`, {
			headers: { range: 'bytes=4-7' },
		})
		assert.equal(part.status, 206)
		assert.equal(part.headers.get('content-range'), `bytes 4-7/${bytes.length}`)
		assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(4, 8))
	}
	const outside = await control.fetch(`/phones/${ANNA}/messages/${id}/media`, {
		headers: { range: 'bytes=99999999-' },
	})
	assert.equal(outside.status, 416)
})

test('a picture has a small one', async () => {
	const image = ffmpeg('-i', `color=red:size=${size}`, '-frames:v', '1', '-f', 'mjpeg')
	const form = new FormData()
	form.set('to', ANNA)
	form.set('caption', 'red')
	form.set('image', new Blob([image], { type: 'image/jpeg' }), 'red.jpg')
	const id = await idIn(await control.send('POST', `/phones/${SHOP}/messages`, form))
	const { content } = await page.shows('the picture', byId(id))
	assert.ok(content.kind === 'photo' && content.file.thumb)
	assert.equal(content.text, 'red')
	const thumb = await control.fetch(`/phones/${ANNA}/messages/${id}/media?thumb=1`)
	assert.equal(thumb.headers.get('content-type'), 'image/jpeg')
})

test('a message is shown as JSON, sent or received', async () => {
	const { id } = await does(ANNA, 'messages', { to: SHOP, text: 'as JSON' })
	const json = await control.get(`/phones/${ANNA}/messages/${id}`)
	assert.equal(json.text, 'as JSON')
	assert.equal((await control.fetch(`/phones/${ANNA}/messages/none`)).status, 404)
})

test('a scene is set, and a reset ends it all, streams as well', async () => {
	assert.equal((await control.post('/reset', {})).status, 200)
	assert.equal(await page.ended, 'ended')
	assert.deepEqual((await control.get('/phones')).phones, [])
	assert.equal((await control.post('/scenes/none', {})).status, 404)
	const set = await control.post('/scenes/shop', {})
	assert.equal(set.status, 201)
	const stream = await openStream(sandbox, ANNA)
	await stream.shows('what Ben asks', ({ author }) => author.name === 'Ben')
	assert.ok(stream.chats().some(({ name, kind }) => name === 'Workshop' && kind === 'group'))
	stream.close()
})

test('what waits, ticks and what was read outlive a restart', async (t) => {
	const dataDir = await temporaryDirectory(t)
	const first = await startSandbox({ dataDir })
	const [ben, cem] = [first.phone('491700000011'), first.phone('491700000012')]
	const seen = await ben.says('seen', { to: cem })
	cem.reads(await cem.receives('seen'))
	const isRead = () => ben.state.progress?.[seen]?.people['491700000012@s.whatsapp.net'] === 'read'
	await until('the blue ticks', isRead)
	ben.goesOffline()
	await ben.says('waits', { to: cem })
	await first.close()
	const second = await startSandbox({ dataDir, servesControl: true })
	t.after(() => second.close())
	await second.phone('491700000012').receives('waits')
	const stream = await openStream(second, '491700000011')
	await stream.shows('the blue ticks', ({ id, tick }) => id === seen && tick === 'read')
	const other = await openStream(second, '491700000012')
	const chat = await other.chatBecomes('unread', ({ unread }) => unread > 0)
	assert.equal(chat.unread, 1)
	stream.close()
	other.close()
})
