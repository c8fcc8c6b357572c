import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { linkedGateway, openGateway, type TestGateway } from '../../../support/gateway/gateway.ts'
import { openReceiver } from '../../../support/gateway/receiver.ts'
import { until } from '../../../support/wait.ts'

const MAIN = '/api/v1/sessions/main'

/** Where the state of a gateway is, as `openGateway` takes it. */
export type Place = { dataDir?: string; stateUrl?: string; stateKey?: string }

type Copies = {
	/** Where the gateway has its state. */
	place: Place
	/** Copies the state of the gateway, which is stopped. */
	copy(dataDir: string): Promise<void>
	/** Puts the copy in its place, and runs `whatsapp-gateway restored`. @returns where it is */
	restore(dataDir: string): Promise<Place>
}

/** How many messages go each way after the copy was made. */
const LATER = 60

/**
 * A copy of the state is made, the gateway goes on for a day, and the copy comes back: nobody scans a code, every later
 * message is read on both sides, and no number of an event is used twice.
 */
export async function aDayAfterTheCopy(t: TestContext, { place, copy, restore }: Copies) {
	const { gateway: first, sandbox, owner, ada } = await linkedGateway(t, place)
	const { dataDir } = first
	const carl = sandbox.phone('491700000003', { name: 'Carl', addressing: 'lid' })
	const dora = sandbox.phone('491700000004', { name: 'Dora' })
	const group = ada.createsGroup('Three', [owner, carl])
	const receiver = await openReceiver(t)
	await first.request('POST', `${MAIN}/webhooks`, { url: receiver.url, events: ['*'] })
	const reads = (text: string) =>
		receiver.gets(({ event }) => event.type === 'message.received' && event.data.text === text)
	const says = (gateway: TestGateway, to: string, text: string) =>
		gateway.request('POST', `${MAIN}/messages/text`, { to, text })
	const sends = async (gateway: TestGateway, to: string, text: string) => {
		const { status, body } = await says(gateway, to, text)
		assert.equal(status, 200, `${text}: ${JSON.stringify(body)}`)
	}

	await until('the gateway is in the group', () =>
		receiver.posts.some(({ event }) => event.data.chat?.id === group),
	)
	for (const n of [1, 2, 3]) {
		await sends(first, ada.account.phone, `before ${n}`)
		await sends(first, group, `to all before ${n}`)
		for (const person of [ada, carl]) await person.says(`before ${n}`, { to: owner })
		await carl.says(`to the group before ${n}`, { to: group })
	}
	await reads('to the group before 3')
	sandbox.whatsapp.faults.holdAcks(owner.account.phone)
	const doubtful = await says(first, carl.account.phone, 'on its way')
	assert.equal(doubtful.body.status, 'pending')
	await first.stop()
	await copy(dataDir)
	sandbox.whatsapp.faults.releaseAcks(owner.account.phone)

	const second = await openGateway(t, { ...place, dataDir, sandbox })
	second.start()
	await second.becomes('main', 'open')
	for (let n = 0; n < LATER; n++) {
		await sends(second, n % 2 ? ada.account.phone : group, `later ${n}`)
		await (n % 3 ? ada.says(`later ${n}`, { to: owner }) : carl.says(`later ${n}`, { to: group }))
	}
	await dora.says('a new contact', { to: owner })
	await reads('a new contact')
	await sends(second, dora.account.phone, 'to a new contact')
	const newest = await (await second.sessions.get('main').journal()).newest()
	await second.stop()
	const told = new Map(receiver.posts.map(({ event }) => [event.id, event]))
	const devices = owner.account.devices.length
	const { copies } = await carl.receives('on its way')

	const third = await openGateway(t, { ...(await restore(dataDir)), sandbox })
	third.start()
	await third.becomes('main', 'open')
	for (const n of [1, 2, 3]) {
		for (const person of [ada, carl, dora]) {
			const text = `${person.account.name} after ${n}`
			await person.says(text, { to: owner })
			await sends(third, person.account.phone, `to ${text}`)
			await person.receives(`to ${text}`)
			await reads(text)
		}
		await carl.says(`to the group after ${n}`, { to: group })
		await reads(`to the group after ${n}`)
		await sends(third, group, `to all after ${n}`)
		for (const person of [ada, carl]) await person.receives(`to all after ${n}`)
	}

	assert.equal(owner.account.devices.length, devices, 'nothing was scanned')
	const events = receiver.posts.map(({ event }) => event)
	const later = events.filter(({ id, seq }) => !told.has(id) && seq > newest)
	const restored = events.find(({ type }) => type === 'session.restored')
	assert.equal(restored.data.cause, 'restored')
	assert.equal(restored.data.messages_in_doubt, 1)
	assert.ok(restored.data.last_seq < newest && restored.seq > newest)
	const numbers = new Map<number, string>()
	for (const { id, seq } of events) {
		assert.equal(numbers.get(seq) ?? id, id, `two events have the number ${seq}`)
		numbers.set(seq, id)
	}
	assert.ok(later.length > 12)
	assert.ok(!events.some(({ type }) => type === 'message.undecryptable'))
	const failed = events.filter(({ data }) => data.error?.code === 'outcome_unknown')
	assert.deepEqual(
		failed.map(({ data }) => data.message_id),
		[doubtful.body.message_id],
	)
	assert.equal((await carl.receives('on its way')).copies, copies, 'it was not sent again')
}
