import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import sharp from 'sharp'
import { startGateway, type Gateway, type PhoneMessage } from '../../support/gateway-process.ts'
import {
	installN8n,
	outputOf,
	startN8n,
	type Execution,
	type N8n,
	type WorkflowDraft,
} from '../../support/n8n.ts'
import { packNodes } from '../../support/pack.ts'
import { until } from '../../support/wait.ts'
import { everything } from './support/workflow.ts'

const SESSION = 'main'
const SHOP = '491700000001'
const ANNA = '491700000002'
const INSTALLING = 900_000

/** Every family of operations in one workflow of a real n8n, which is run once. */
describe('WhatsApp Send in a real n8n', { timeout: INSTALLING }, () => {
	const home = mkdtempSync(join(tmpdir(), 'send-anything-'))
	let gateway: Gateway
	let n8n: N8n
	let draft: WorkflowDraft
	let run: Execution
	let got: PhoneMessage[]
	let picture: Buffer
	const pictures = createServer((_, answer) => {
		answer.writeHead(200, { 'content-type': 'image/png' }).end(picture)
	})

	before(async () => {
		await installN8n(console.log)
		const red = { create: { width: 96, height: 64, channels: 3, background: 'red' } } as const
		picture = await sharp(red).png().toBuffer()
		pictures.listen(0, '127.0.0.1')
		await once(pictures, 'listening')
		const host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`
		const { tarball } = await packNodes()
		gateway = await startGateway({
			dataDir: join(home, 'data'),
			log: join(home, 'gateway.log'),
			fetchAllow: host,
		})
		await gateway.person(SHOP, 'Our shop')
		await gateway.person(ANNA, 'Anna')
		await gateway.link(SESSION, SHOP)
		n8n = await startN8n({ home: join(home, 'n8n'), tarball, log: join(home, 'n8n.log') })
		const credential = await n8n.createCredential('Gateway', 'whatsAppGatewayApi', {
			baseUrl: gateway.url,
			apiKey: gateway.adminKey,
			headerName: 'X-API-Key',
		})
		draft = everything({
			session: SESSION,
			to: ANNA,
			credential,
			picture,
			pictureUrl: `http://${host}/red.png`,
		})
		run = await n8n.run(await n8n.createWorkflow(draft), 'Start')
		got = await until('all has arrived', async () => {
			const messages = await gateway.received(ANNA)
			return messages.some(({ message }) => has(message, 'The end')) && messages
		})
	})

	after(async () => {
		await Promise.allSettled([n8n?.stop(), gateway?.stop()])
		pictures.close()
		rmSync(home, { recursive: true })
	})

	const has = (message: unknown, text: string) => JSON.stringify(message ?? '').includes(text)

	/** What one node handed on, and what of it Anna's phone has decrypted. */
	function arrived(node: string) {
		const [item] = outputOf(run, node)
		assert.ok(item, `${node} handed on ${JSON.stringify(run.data.resultData.runData[node])}`)
		const message = got.find(({ id }) => id === item.json.message_id)
		assert.ok(message, `${node}: ${JSON.stringify(item.json)} has not arrived`)
		assert.equal(item.json.status, 'sent')
		return message
	}

	it('runs to its end', () => {
		assert.equal(run.status, 'success', JSON.stringify(run.data.resultData.error))
	})

	it('sends text', () => {
		assert.equal(arrived('Text').text, 'Hello!')
	})

	it('sends the file of a binary field, decrypted bytes and all', async () => {
		const { message, media } = arrived('Image from binary')
		assert.equal(message.imageMessage.caption, 'From a binary field')
		assert.ok((media?.size ?? 0) > 0)
		assert.equal(arrived('Document from binary').message.documentMessage.fileName, 'red.png')
		assert.equal(arrived('Sticker from binary').message.stickerMessage.mimetype, 'image/webp')
	})

	it('sends files from a URL, and several as an album', () => {
		assert.equal(arrived('Image from URL').message.imageMessage.caption, 'From a URL')
		const { expectedImageCount } = arrived('Album').message.albumMessage
		assert.equal(expectedImageCount, 2)
		assert.ok(got.some(({ message }) => message.imageMessage?.caption === 'Album, by URL'))
	})

	it('sends places and people', () => {
		const { degreesLatitude, name } = arrived('Location').message.locationMessage
		assert.deepEqual([degreesLatitude, name], [41.0082, 'Galata Tower'])
		assert.match(arrived('Contact').message.contactMessage.vcard, /TEL.*\+49 170 9999999/)
	})

	it('asks polls and invites to events', () => {
		const poll = arrived('Poll').message.pollCreationMessageV3
		assert.deepEqual(
			poll.options.map(({ optionName }: { optionName: string }) => optionName),
			['Red', 'Green'],
		)
		assert.equal(arrived('Event').message.eventMessage.name, 'Lunch')
	})

	it('sends buttons, lists and native flows', () => {
		const { message } = arrived('Buttons')
		assert.ok(has(message, 'Yes') && has(message, 'Are you there?'))
		assert.ok(has(arrived('List').message, 'The second row'))
		assert.ok(has(arrived('Interactive').message, 'cta_url'))
	})

	it('reacts to, edits and deletes what it has sent', () => {
		const changes = ['React', 'Edit', 'Delete'].map((node) => arrived(node).message)
		const original = outputOf(run, 'To be changed')[0]?.json.message_id
		for (const change of changes) assert.ok(has(change, String(original)))
		assert.equal(changes[0]?.reactionMessage.text, '👍')
		assert.ok(has(changes[1], 'Changed'))
	})

	it('downloads what was sent into a binary field', () => {
		const [item] = outputOf(run, 'Download')
		const { mimeType, fileName, data } = item?.binary?.file ?? {}
		assert.match(mimeType ?? '', /^image\//, JSON.stringify(item))
		assert.ok(fileName)
		assert.ok(data)
	})

	it('says how far a message got', () => {
		const [item] = outputOf(run, 'Get')
		assert.match(String(item?.json.status), /sent|delivered|read/)
	})

	it('reports an error and its advice for the failing item only', () => {
		const [refused] = outputOf(run, 'Refused')
		assert.equal(
			(refused?.json.details as { code?: string } | undefined)?.code,
			'invalid_recipient',
		)
		assert.match(String(refused?.json.message), /country code/)
		const [lacking] = outputOf(run, 'No such binary')
		assert.match(String(lacking?.json.error), /no binary field 'nothing'. It has: data/)
	})

	it('offers chats, people, groups and own channels to pick from', async () => {
		const sender = draft.nodes.find(({ name }) => name === 'Text')!
		const { id } = await gateway.request<{ id: string }>('POST', '/sandbox/groups', {
			subject: 'Crew',
			owner: ANNA,
			participants: [SHOP],
		})
		const channel = (name: string, owner: string, followers: string[] = []) =>
			gateway.request<{ id: string }>('POST', '/sandbox/channels', { name, owner, followers })
		const own = await channel('Own news', SHOP)
		const followed = await channel('Their news', ANNA, [SHOP])
		const search = async (method: string) =>
			(await n8n.listSearch(sender, 'to', method)).results.map(({ value }) => value)
		const channels = await search('searchChannels')
		assert.ok([own, followed].every(({ id }) => channels.includes(id)))
		assert.deepEqual(await search('searchOwnChannels'), [own.id])
		const { results } = await n8n.listSearch(sender, 'to', 'searchRecipients')
		assert.ok(results.some(({ name, value }) => name === 'Own news (channel)' && value === own.id))
		assert.ok(!results.some(({ value }) => value === followed.id))
		assert.ok(results.some(({ value }) => value === `${ANNA}@s.whatsapp.net`))
		assert.ok(results.some(({ name, value }) => name === 'Crew (group of 2)' && value === id))
	})
})
