import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto, type BinaryNode } from '@whiskeysockets/baileys'
import { lidOf, pnOf } from '../../../../gateway/src/sandbox/server/jids.ts'
import type { Device } from '../../../../gateway/src/sandbox/server/model.ts'
import { pad } from '../../../../gateway/src/sandbox/phone/padding.ts'
import { Signal } from '../../../../gateway/src/sandbox/phone/signal.ts'
import { openTwoWays, type TwoWays } from './support/two-ways.ts'

const text = (conversation: string): proto.IMessage => ({ conversation })

type Doubt = {
	what: string
	/** Whether it is received without Baileys. */
	isTaken?: true
	prepare?(world: TwoWays): Promise<unknown>
	act(world: TwoWays): Promise<unknown> | void
}

/** A text that is said to be longer than all that follows. */
const NO_MESSAGE_PADDED = pad(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]))
const WRONG_PADDING = Buffer.from([1, 2, 3, 200])

const strangerOf = ({ sandbox }: TwoWays, n: number) =>
	sandbox.phone(`49170000006${n}`, { name: `Fay ${n}` })

let ids = 0
const newId = () => `3AD0${String(++ids).padStart(16, '0')}`

/** Ada, or somebody else, sends these bytes to each device, truly encrypted. */
async function sendsBytes(
	{ ada, owner, deliver, newestTo }: TwoWays,
	bytes: Uint8Array,
	{ attrs = {}, from = ada }: { attrs?: Record<string, string>; from?: TwoWays['ada'] } = {},
) {
	const signal = new Signal(from.state.signal)
	const id = newId()
	await deliver(async (device: Device): Promise<BinaryNode> => {
		const { type, body } = await signal.encrypt(`${owner.account.lid}.${device.id}`, bytes)
		const enc = { tag: 'enc', attrs: { v: '2', type, ...attrs }, content: body }
		const usual = newestTo(device, from)
		return { ...usual, attrs: { ...usual.attrs, id }, content: [enc] }
	})
}

const sendsOn =
	(stanza: NonNullable<Parameters<TwoWays['ada']['sends']>[1]['stanza']>) =>
	({ ada, owner }: TwoWays) =>
		ada.sends(text('unusual'), { to: owner, stanza })

const doubts: Doubt[] = [
	{ what: 'an ordinary message', isTaken: true, act: sendsOn({}) },
	{
		what: 'one with what nobody reads beside it',
		isTaken: true,
		act: sendsOn({ children: [{ tag: 'reporting', attrs: {} }] }),
	},
	{
		what: 'one with something unknown beside it',
		act: sendsOn({ children: [{ tag: 'bot', attrs: { edit: 'first' } }] }),
	},
	{
		what: 'one whose stanza says that the sender has another number',
		act: sendsOn({ attrs: { sender_pn: '491700000099@s.whatsapp.net' } }),
	},
	{ what: 'one that says it is an edit', act: sendsOn({ attrs: { edit: '1' } }) },
	{
		what: 'one without content, which is sent again',
		act: async ({ ada, owner, tell }) =>
			tell(await ada.sends(text('unusual'), { to: owner, stanza: { enc: false } })),
	},
	{
		what: 'one whose content is nested',
		isTaken: true,
		act: ({ ada, owner }) =>
			ada.sends({ ephemeralMessage: { message: text('vanishing') } }, { to: owner }),
	},
	{
		what: 'one that is empty',
		isTaken: true,
		act: (world) => sendsBytes(world, pad(new Uint8Array())),
	},
	{
		what: 'bytes that are no message',
		act: (world) => sendsBytes(world, NO_MESSAGE_PADDED),
	},
	{
		what: 'a message whose padding is wrong',
		act: (world) => sendsBytes(world, WRONG_PADDING),
	},
	...[NO_MESSAGE_PADDED, WRONG_PADDING].map((bytes, n) => ({
		what: `${n ? 'wrong padding' : 'no message'}, of a person with one session`,
		prepare: (world: TwoWays) => world.writesTo(strangerOf(world, n)),
		act: (world: TwoWays) => sendsBytes(world, bytes, { from: strangerOf(world, n) }),
	})),
	{
		what: 'a message that was asked for again',
		act: (world) =>
			sendsBytes(world, pad(proto.Message.encode(text('again')).finish()), {
				attrs: { count: '1' },
			}),
	},
	{
		what: 'a message of an unknown kind of encryption',
		act: (world) =>
			sendsBytes(world, pad(proto.Message.encode(text('odd')).finish()), {
				attrs: { type: 'frskmsg' },
			}),
	},
	{
		what: 'a ciphertext with a wrong byte, which is sent again',
		act: async ({ sandbox, owner, ada, tell }) => {
			sandbox.whatsapp.faults.garbleMessagesTo(owner.account.phone, 3)
			await tell(await ada.says('garbled', { to: owner }))
		},
	},
	{
		what: 'the same stanza twice',
		act: async ({ deliver, newestTo }) => deliver((device) => newestTo(device)),
	},
	{
		what: 'a message under the id of an earlier one',
		act: async ({ ada, owner }) => {
			const id = await ada.says('one', { to: owner })
			await ada.sends(text('two'), { to: owner, id })
		},
	},
	{
		what: 'the first message of a stranger, and the next ones',
		act: async ({ sandbox, owner }) => {
			const eve = sandbox.phone('491700000055', { name: 'Eve' })
			for (const said of ['who', 'are', 'you?']) await eve.says(said, { to: owner })
		},
	},
	{
		what: 'the first message of a stranger by LID, and the next ones',
		act: async ({ sandbox, owner }) => {
			const zoe = sandbox.phone('491700000056', { name: 'Zoe', addressing: 'lid' })
			for (const said of ['who', 'are', 'you?']) await zoe.says(said, { to: owner })
		},
	},
	{
		what: 'a message to a group',
		act: async ({ owner, ada }) => {
			const group = owner.createsGroup('Team', [ada])
			for (const said of ['one', 'two']) await ada.says(said, { to: group })
		},
	},
	{ what: 'a status', act: ({ ada, owner }) => ada.posts(text('today'), [owner]) },
	{
		what: 'a message of the own phone',
		act: ({ owner, ada }) => owner.says('from my phone', { to: ada }),
	},
	{
		what: 'a message of the own phone to itself',
		act: ({ owner }) => owner.says('note', { to: owner }),
	},
	{
		what: 'a reaction, an edit and a deletion',
		act: async ({ ada, owner }) => {
			const id = await ada.says('typo', { to: owner })
			await ada.edits(id, 'type', { sealed: false })
			await ada.deletes(id)
		},
	},
	{
		what: 'a person who has another name now',
		isTaken: true,
		act: sendsOn({ attrs: { notify: 'Ada Lovelace' } }),
	},
	{
		what: 'a person who installs WhatsApp anew',
		act: async ({ ada, owner }) => {
			ada.reinstalls()
			await ada.says('new phone', { to: owner })
		},
	},
	// The last: Ada is another account from then on.
	{
		what: 'one whose stanza says that the sender has another LID',
		act: sendsOn({ attrs: { sender_lid: '77@lid' } }),
	},
]

test('what is doubtful is answered and told as Baileys does it', async (t) => {
	const world = await openTwoWays(t)
	for (const { what, isTaken = false, prepare, act } of doubts)
		await t.test(what, async () => {
			// Some leave Ada with a session that begins: its messages are for Baileys until she is answered.
			await world.meet()
			await prepare?.(world)
			const before = world.direct()
			const { ours, theirs } = await world.compare(() => act(world))
			assert.ok(ours.frames.length > 1, 'something is answered')
			assert.deepEqual(ours.frames, theirs.frames)
			assert.deepEqual(ours.events, theirs.events)
			// The last one only says that all is done; with a new session it is for Baileys.
			const taken = world.direct() - before
			if (isTaken) assert.ok(taken > 1, 'it is received without Baileys')
		})
})

test('an account that shows itself online answers as Baileys does', async (t) => {
	const world = await openTwoWays(t)
	await world.meet()
	for (const availability of ['available', 'unavailable'])
		await t.test(availability, async () => {
			for (const each of world.gateways) {
				const path = '/api/v1/sessions/main/presence'
				const { status } = await each.request('POST', path, { state: availability })
				assert.ok(status < 300, `answered ${status}`)
			}
			const { ours, theirs } = await world.compare(() => world.passes())
			assert.deepEqual(ours.frames, theirs.frames)
			assert.equal(
				ours.frames[0]?.attrs['type'],
				availability === 'available' ? undefined : 'inactive',
			)
		})
})

type ReceiptCase = { what: string; attrs: Record<string, string>; more?: true }

test('a receipt is acknowledged and told as Baileys does it', async (t) => {
	const world = await openTwoWays(t)
	await world.meet()
	const { ada, owner, passes, deliver } = world
	const member = lidOf(ada.account)
	const group = owner.createsGroup('Team', [ada])
	const said = async (to: Parameters<typeof owner.says>[1]['to']) => {
		const id = await owner.says('how far?', { to })
		await passes()
		return id
	}
	const from = lidOf(ada.account)
	const cases: ReceiptCase[] = [
		{ what: 'delivered', attrs: { from } },
		...['read', 'played', 'inactive', 'server-error', 'new'].map((type) => ({
			what: type,
			attrs: { from, type },
		})),
		{ what: 'delivered, by number', attrs: { from: pnOf(ada.account) } },
		{ what: 'read, of several messages', attrs: { from, type: 'read' }, more: true },
		{ what: 'played, in a group', attrs: { from: group, participant: member, type: 'played' } },
		{ what: 'read, in a group', attrs: { from: group, participant: member, type: 'read' } },
		{ what: 'of a group, without a member', attrs: { from: group } },
		...['sender', 'read-self', 'played-self'].map((type) => ({
			what: `${type}, of the own phone`,
			attrs: { from: pnOf(owner.account), recipient: pnOf(ada.account), type },
		})),
		...['peer_msg', 'hist_sync'].map((type) => ({
			what: type,
			attrs: { from: pnOf(owner.account), type },
		})),
		{ what: 'of somebody else', attrs: { from: '123@lid', type: 'read' } },
		{ what: 'at no time', attrs: { from, type: 'read', t: 'x' } },
		{ what: 'of nobody known', attrs: { from: '@lid', type: 'read' } },
	]
	const statuses = new Set<string>()
	for (const { what, attrs, more } of cases)
		await t.test(what, async () => {
			const to = attrs.from === group ? group : ada
			const first = await said(to)
			const items = more ? [await said(to), await said(to)] : []
			const list = items.map((id) => ({ tag: 'item', attrs: { id } }))
			const content = more && { content: [{ tag: 'list', attrs: {}, content: list }] }
			const receipt = {
				tag: 'receipt',
				attrs: { id: first, t: '1795800000', ...attrs },
				...content,
			}
			const { ours, theirs } = await world.compare(() => deliver(() => receipt))
			// The two devices tell each other, at any time, that they have the message.
			const [frames, expected] = [ours, theirs].map(({ frames }) =>
				sorted(frames.filter(({ attrs: { type } }) => type !== 'sender' || type === attrs['type'])),
			)
			assert.deepEqual(frames, expected)
			assert.ok(ours.frames.some(({ tag, attrs }) => tag === 'ack' && attrs.class === 'receipt'))
			assert.deepEqual(sorted(ours.events), sorted(theirs.events))
			for (const { type, data } of ours.events)
				if (type === 'message.status') statuses.add((data as { status: string }).status)
		})
	assert.deepEqual([...statuses].sort(), ['delivered', 'played', 'read'])
})

/** Without what their readers need, and with what they cannot read. */
const MALFORMED: BinaryNode[] = [
	...['w:gp2', 'picture', 'devices', 'account_sync', 'server_sync', 'mex', 'newsletter'].flatMap(
		(type): BinaryNode[] => [
			{ tag: 'notification', attrs: { type, from: 's.whatsapp.net', t: 'x' }, content: [] },
			{
				tag: 'notification',
				attrs: { type, from: '120363000000000001@g.us', participant: '@lid' },
				content: [
					{ tag: 'create', attrs: {} },
					{ tag: 'update', attrs: { op_name: 'x' }, content: Buffer.from('{"data":') },
					{ tag: 'set', attrs: {} },
				],
			},
		],
	),
	{
		tag: 'call',
		attrs: { from: 's.whatsapp.net' },
		content: [{ tag: 'offer', attrs: { t: 'x' } }],
	},
	{ tag: 'receipt', attrs: { from: 's.whatsapp.net', t: 'x' } },
	{ tag: 'message', attrs: { from: 's.whatsapp.net', t: 'x' }, content: [] },
]

test('what cannot be read stops nothing', async (t) => {
	const world = await openTwoWays(t)
	await world.meet()
	const { gateways, deliver, passes } = world
	for (const [n, stanza] of MALFORMED.entries())
		await t.test(`${stanza.tag} ${stanza.attrs['type'] ?? ''}`, async () => {
			await deliver(() => ({ ...stanza, attrs: { ...stanza.attrs, id: `MALFORMED${n}` } }))
			await passes()
		})
	for (const { request } of gateways) {
		const { events } = (await request('GET', '/api/v1/sessions/main/events?limit=1000')).body
		const closed = events.filter(
			({ type, data }: { type: string; data: { status?: string } }) =>
				type === 'session.status' && data.status === 'closed',
		)
		assert.deepEqual(closed, [])
	}
})

/** Receipts and messages have no common order. */
const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort()
