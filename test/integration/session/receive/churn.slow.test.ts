import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Phone } from '../../../../gateway/src/sandbox/index.ts'
import { textOf } from '../../../../gateway/src/sandbox/phone/inbox.ts'
import { lidOf } from '../../../../gateway/src/sandbox/server/jids.ts'
import type { Frame } from '../../../../gateway/src/sandbox/server/frame-log.ts'
import { BaileysClient } from '../../../support/baileys-client.ts'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { isRetry } from '../../../support/is-retry.ts'
import { until } from '../../../support/wait.ts'

const MAIN = '/api/v1/sessions/main'
/** How many messages, both ways together. */
const MESSAGES = Number(process.env.MESSAGES ?? 600)
const AT_ONCE = 20
/** Every so many rounds somebody gets a linked device, loses it, gets a new phone, or joins. */
const CHANGES = { links: 3, unlinks: 4, reinstalls: 5, joins: 6 }

test('messages both ways arrive once, whatever devices come and go', async (t) => {
	const { gateway, sandbox, owner } = await linkedGateway(t, { governor: 'off' })
	const retries: Frame[] = []
	sandbox.whatsapp.log.listen((frame) => {
		if (frame.account === owner.account.phone && isRetry(frame)) retries.push(frame)
	})
	const people: Phone[] = []
	const clients = new Map<Phone, BaileysClient>()
	/** The numbers of the events of each message. */
	const told = new Map<string, Set<number>>()
	let after = 0
	let count = 0

	function joins() {
		const n = people.length
		// Half of them are known by their LID alone until they are written to.
		const addressing = n % 2 ? 'lid' : 'pn'
		people.push(sandbox.phone(`4917000${10_000 + n}`, { name: `Person ${n}`, addressing }))
	}

	async function readEvents() {
		const path = `${MAIN}/events?after=${after}&limit=1000`
		const { events } = (await gateway.request('GET', path)).body
		for (const { seq, type, data } of events) {
			after = seq
			assert.notEqual(type, 'message.undecryptable')
			if (type === 'message.received')
				told.set(data.message_id, (told.get(data.message_id) ?? new Set()).add(seq))
		}
	}

	async function comes(person: Phone) {
		const id = await person.says(`in ${++count}`, { to: owner })
		await until('it is told', async () => (await readEvents(), told.has(id)))
	}

	async function goes(person: Phone) {
		const text = `out ${++count}`
		const { phone } = person.account
		const body = { to: count % 2 ? phone : lidOf(person.account), text }
		const { status } = await gateway.request('POST', `${MAIN}/messages/text`, body)
		assert.equal(status, 200)
		const { copies } = await person.receives(text)
		assert.equal(copies, 1)
		const client = clients.get(person)
		if (client)
			await until(`the linked device of ${person.account.name} shows ${text}`, () =>
				client.messages.some(({ message }) => textOf(message ?? null) === text),
			)
	}

	const changes: Record<keyof typeof CHANGES, (person: Phone) => Promise<unknown> | void> = {
		joins,
		async links(person) {
			if (clients.has(person)) return
			clients.set(person, await new BaileysClient(sandbox).link(person))
		},
		async unlinks() {
			const [[person, client] = []] = clients
			if (!person || !client) return
			clients.delete(person)
			person.unlinks()
			client.socket.end(undefined)
		},
		async reinstalls(person) {
			clients.get(person)?.socket.end(undefined)
			clients.delete(person)
			const known = after
			person.reinstalls()
			await until('the new keys are told', async () => {
				const { events } = (await gateway.request('GET', `${MAIN}/events?after=${known}`)).body
				return events.some(
					({ type, data }: any) =>
						type === 'contact.identity' && data.contact.phone === person.account.phone,
				)
			})
		},
	}

	for (let n = 0; n < 10; n++) joins()
	for (let round = 1; count < MESSAGES; round++) {
		const writers = Array.from(
			{ length: AT_ONCE / 2 },
			(_, n) => people[(round + n) % people.length]!,
		)
		await Promise.all(writers.flatMap((person) => [comes(person), goes(person)]))
		for (const [change, every] of Object.entries(CHANGES))
			if (round % every === 0)
				await changes[change as keyof typeof CHANGES](people[(round * 7) % people.length]!)
	}
	for (const client of clients.values()) client.socket.end(undefined)
	assert.deepEqual(
		[...told.values()].filter(({ size }) => size > 1),
		[],
		'each is told once',
	)
	const by = (direction: Frame['direction']) =>
		retries.filter((frame) => frame.direction === direction)
	assert.deepEqual(by('in'), [], 'the gateway reads everything at once')
	assert.deepEqual(by('out'), [], 'phones read everything at once')
	t.diagnostic(`${count} messages, ${people.length} people`)
})
