import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { BinaryNode } from '@whiskeysockets/baileys'
import type { Phone } from '../../../../../gateway/src/sandbox/index.ts'
import type { Device } from '../../../../../gateway/src/sandbox/server/model.ts'
import {
	linkedGateway,
	openGateway,
	type TestGateway,
} from '../../../../support/gateway/gateway.ts'
import { until } from '../../../../support/wait.ts'

const MAIN = '/api/v1/sessions/main'
/** What answers messages and receipts. */
const ABOUT = ['ack', 'receipt']
/** Notifications, and what a device and its phone say to each other some seconds after a message that cannot be read. */
const isOfDevice = ({ tag, attrs: { class: of, type, to } }: BinaryNode) =>
	of === 'notification' || (type === 'peer_msg' && (tag === 'receipt' || /:\d+@/.test(to ?? '')))
const TAKEN = 'received without Baileys'

export type TwoWays = Awaited<ReturnType<typeof openTwoWays>>

/**
 * Two devices of one account get the same stanzas: one receives them without Baileys, the other leaves all to it. The
 * frames that leave and the events that are told must be the same.
 */
export async function openTwoWays(t: TestContext) {
	const log: string[] = []
	const world = await linkedGateway(t, { directReceive: 'on', log })
	const { gateway, sandbox, owner, ada } = world
	const other = await openGateway(t, { sandbox, directReceive: 'off' })
	await other.request('POST', '/api/v1/sessions', { id: 'main' })
	owner.scans((await other.request('GET', `${MAIN}/qr`)).body.qr)
	await other.becomes('main', 'open')
	const devices = owner.account.devices.slice(1) as [ours: Device, theirs: Device]
	const gateways: [ours: TestGateway, theirs: TestGateway] = [gateway, other]

	/** What a device has sent since a frame. Queries do not belong to a stanza. */
	const framesSince = (mark: number, device: Device): BinaryNode[] =>
		sandbox.whatsapp.log
			.list(
				({ seq, direction, account, device: by }) =>
					seq > mark && direction === 'in' && account === owner.account.phone && by === device.id,
			)
			.map(({ stanza }) => stanza)
			.filter((stanza) => ABOUT.includes(stanza.tag) && !isOfDevice(stanza))

	const eventsSince = async (mark: number, from: TestGateway) =>
		(await from.request('GET', `${MAIN}/events?after=${mark}&limit=1000`)).body.events as {
			seq: number
			type: string
			data: any
		}[]

	const lastEvents = () =>
		Promise.all(gateways.map(async (each) => (await eventsSince(0, each)).at(-1)?.seq ?? 0))

	/** Ada writes; every earlier message has been dealt with when it is answered, for they are taken in order. */
	async function passes() {
		const id = await ada.sends({ conversation: 'so far' }, { to: owner })
		for (const device of devices) {
			await until(`device ${device.id} answers`, () =>
				framesSince(0, device).some(({ attrs }) => attrs.id === id),
			)
			await until(`device ${device.id} has answered all`, () => !device.queue.length)
		}
		for (const each of gateways) await tells(each, id)
	}

	const tells = (from: TestGateway, id: string) =>
		until(`message ${id} is told`, async () =>
			(await eventsSince(0, from)).some(({ data }) => data.message_id === id),
		)

	return {
		...world,
		gateways,
		/** Waits until both have told a message: one that is sent again comes when it likes. */
		tell: async (id: string) => void (await Promise.all(gateways.map((each) => tells(each, id)))),
		devices,
		passes,
		/** How many messages were received without Baileys. */
		direct: () => log.filter((line) => line.includes(TAKEN)).length,
		/** Ada has written, and each device has answered her: she has Signal sessions with both. */
		async meet() {
			await passes()
			for (const [n, each] of gateways.entries()) {
				const body = { to: ada.account.phone, text: `from ${n}` }
				const sent = await each.request('POST', `${MAIN}/messages/text`, body)
				assert.equal(sent.status, 200)
				// Both phones say to both devices that it has come.
				for (const phone of [ada, owner])
					await phone.receives(({ id }) => id === sent.body.message_id)
			}
			await passes()
		},
		/** Does something, and gives what each device has sent and told of it. */
		async compare(act: () => Promise<unknown> | void) {
			const mark = sandbox.whatsapp.log.last
			const told = await lastEvents()
			await act()
			await passes()
			const frames = devices.map((device) => framesSince(mark, device))
			const ids = frames.map((list) => new Set(list.map(({ attrs }) => attrs.id ?? '')))
			const common = new Set([...ids[0]!].filter((id) => ids[1]!.has(id)))
			const answers = await Promise.all(
				gateways.map(async (each, n) => ({
					frames: frames[n]!.map((frame) => shapeOf(frame, common)),
					events: (await eventsSince(told[n]!, each)).map(factsOf),
				})),
			)
			return { ours: answers[0]!, theirs: answers[1]! }
		},
		/** Both devices get a stanza. */
		async deliver(make: (device: Device) => Promise<BinaryNode> | BinaryNode) {
			for (const device of devices)
				sandbox.whatsapp.deliver({ account: owner.account, device }, await make(device))
		},
		/** The newest message that a device got from a person. */
		newestTo(device: Device, from: Phone = ada): BinaryNode {
			const frames = sandbox.whatsapp.log.list(
				({ direction, account, device: to, stanza: { tag, attrs } }) =>
					direction === 'out' &&
					tag === 'message' &&
					account === owner.account.phone &&
					to === device.id &&
					attrs.notify === from.account.name,
			)
			return frames.at(-1)!.stanza
		},
		/** The account has written to somebody new first: there is one Signal session for each device. */
		async writesTo(phone: Phone) {
			for (const [n, each] of gateways.entries()) {
				const body = { to: phone.account.phone, text: `first from ${n}` }
				assert.equal((await each.request('POST', `${MAIN}/messages/text`, body)).status, 200)
				await phone.receives(`first from ${n}`)
			}
			await phone.says('thanks', { to: owner })
			await passes()
		},
	}
}

type Shape = { tag: string; attrs: Record<string, string>; content: Shape[] | 'bytes' | 'nothing' }

/**
 * A frame but for what differs between devices: their number, their keys, the time, and the ids of what only one of them
 * has sent or got.
 */
function shapeOf({ tag, attrs, content }: BinaryNode, ids: ReadonlySet<string>): Shape {
	const common = (name: string, value: string) => {
		if (name === 'id' && value.length > 8 && !ids.has(value)) return 'its own'
		return value.replace(/:\d+@/, ':n@')
	}
	const said = Object.entries(attrs).filter(([name]) => name !== 't')
	return {
		tag,
		attrs: Object.fromEntries(said.map(([name, value]) => [name, common(name, String(value))])),
		content: Array.isArray(content)
			? content.map((child) => shapeOf(child, ids))
			: content === undefined
				? 'nothing'
				: 'bytes',
	}
}

/** Links to files differ, and the time of what was sent to each device again. */
const factsOf = ({ type, data }: { type: string; data: unknown }) => ({
	type,
	data: JSON.parse(
		JSON.stringify(data)
			.replaceAll(/"url":"[^"]*"/g, '"url":""')
			.replaceAll(/"timestamp":\d+/g, '"timestamp":0'),
	) as unknown,
})
