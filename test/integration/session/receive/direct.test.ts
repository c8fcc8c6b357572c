import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { BinaryNode, proto } from '@whiskeysockets/baileys'
import { lidOf } from '../../../../gateway/src/sandbox/server/jids.ts'
import { linkedGateway, openGateway, type TestGateway } from '../../../support/gateway/gateway.ts'
import { ROOT } from '../../../support/paths.ts'
import { until } from '../../../support/wait.ts'
import type { Case } from '../../messages/support/conversation.ts'
import { receivedCases } from '../../messages/support/received-cases.ts'

/**
 * Two devices of one account get the same messages: one receives them without Baileys, the other leaves all to it. The
 * frames that leave and the events that are told must be the same.
 */
async function openWays(t: TestContext) {
	const log: string[] = []
	const world = await linkedGateway(t, { directReceive: 'on', log })
	const { gateway, sandbox, owner, ada } = world
	const other = await openGateway(t, { sandbox, directReceive: 'off' })
	await other.request('POST', '/api/v1/sessions', { id: 'main' })
	owner.scans((await other.request('GET', '/api/v1/sessions/main/qr')).body.qr)
	await other.becomes('main', 'open')
	const [, ours, theirs] = owner.account.devices
	const ways = { ours: gateway, theirs: other }
	const say = (from: TestGateway, text: string) =>
		from.request('POST', '/api/v1/sessions/main/messages/text', { to: ada.account.phone, text })
	/** What a device has sent about a stanza, as soon as that is something. */
	async function framesOf(device: number, id: string): Promise<BinaryNode[]> {
		const isAbout = ({ attrs }: BinaryNode) => attrs.id === id && attrs.type !== 'retry'
		return until(`device ${device} answers ${id}`, () => {
			const found = sandbox.whatsapp.log.list(
				({ direction, account, device: by, stanza }) =>
					direction === 'in' && account === owner.account.phone && by === device && isAbout(stanza),
			)
			return found.length > 0 && found.map(({ stanza }) => stanza)
		})
	}
	const events = new Map<TestGateway, { seq: number; type: string; data: any }[]>()
	/** What a gateway tells of a message, as soon as that is something. */
	async function toldBy(gateway: TestGateway, id: string) {
		const known = events.get(gateway) ?? []
		events.set(gateway, known)
		return until(`${id} is told`, async () => {
			const after = known.at(-1)?.seq ?? 0
			const { body } = await gateway.request('GET', `/api/v1/sessions/main/events?after=${after}`)
			known.push(...body.events)
			const found = known.filter(({ data }) => data.message_id === id)
			return found.length > 0 && found.map(({ type, data }) => ({ type, data: plain(data) }))
		})
	}
	return {
		...world,
		/** How many messages were received without Baileys. */
		direct: () => log.filter((line) => line.includes('received without Baileys')).length,
		/** Ada has written, and each device has answered her: she has Signal sessions with both. */
		async meet() {
			const hello = await ada.sends({ conversation: 'hello' }, { to: owner })
			for (const { id } of [ours!, theirs!]) await framesOf(id, hello)
			for (const [name, each] of Object.entries(ways)) {
				assert.equal((await say(each, `from ${name}`)).status, 200)
				await ada.receives(`from ${name}`)
			}
		},
		frames: async (id: string) => ({
			ours: await framesOf(ours!.id, id),
			theirs: await framesOf(theirs!.id, id),
		}),
		/** What each tells of a message. */
		told: async (id: string) => ({
			ours: await toldBy(gateway, id),
			theirs: await toldBy(other, id),
		}),
		say: (text: string) => say(gateway, text),
		/** Both devices get a receipt. */
		deliver(attrs: Record<string, string>) {
			for (const device of [ours!, theirs!])
				sandbox.whatsapp.deliver({ account: owner.account, device }, { tag: 'receipt', attrs })
		},
	}
}

/** Links to files differ. */
const plain = (data: unknown) =>
	JSON.parse(JSON.stringify(data).replaceAll(/"url":"[^"]*"/g, '"url":""'))

const PLAIN = ['audio', 'contact', 'contacts', 'document', 'image', 'location', 'sticker', 'text']

test('a message is answered and told as Baileys does it', async (t) => {
	const { meet, frames, told, direct, ada, owner } = await openWays(t)
	await meet()
	const files = globSync('test/integration/messages/cases/*.ts', { cwd: ROOT }).sort()
	const kinds: [name: string, message: proto.IMessage][] = []
	for (const file of files) {
		const { cases } = (await import(join(ROOT, file))) as { cases: Case[] }
		const name = file.split('/').at(-1)!.replace('.ts', '')
		for (const { receive, about } of cases) if (receive && !about) kinds.push([name, receive])
	}
	kinds.push(...receivedCases.map(({ what, receive }): [string, proto.IMessage] => [what, receive]))
	const taken = new Set<string>()
	for (const [n, [name, message]] of kinds.entries())
		await t.test(`${name}, ${n}`, async () => {
			const before = direct()
			const id = await ada.sends(message, { to: owner })
			const { ours, theirs } = await frames(id)
			assert.deepEqual(ours, theirs)
			const events = await told(id)
			assert.deepEqual(events.ours, events.theirs)
			if (direct() > before) taken.add(name)
		})
	for (const name of PLAIN) assert.ok(taken.has(name), `${name} is received without Baileys`)
	for (const name of ['poll', 'react', 'edit', 'event'])
		assert.ok(!taken.has(name), `${name} is left to Baileys`)
})

test('a receipt is acknowledged as Baileys does it', async (t) => {
	const { meet, frames, say, deliver, ada, direct } = await openWays(t)
	await meet()
	const { body } = await say('how far?')
	const message = await ada.receives('how far?')
	ada.reads(message)
	const types = [
		'',
		'read',
		'played',
		'read-self',
		'played-self',
		'inactive',
		'server-error',
		'new',
	]
	for (const [n, type] of types.entries())
		await t.test(type || 'delivered', async () => {
			const id = `3EB0RECEIPT${n}`
			deliver({ id, from: lidOf(ada.account), t: '1795800000', ...(type && { type }) })
			const { ours, theirs } = await frames(id)
			assert.deepEqual(ours, theirs)
			assert.equal(ours[0]!.tag, 'ack')
		})
	assert.equal(direct(), 0, 'Ada has not written')
	assert.ok(body.message_id)
})
