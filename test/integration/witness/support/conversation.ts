import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Phone } from '../../../../gateway/src/sandbox/index.ts'
import { textOf } from '../../../../gateway/src/sandbox/phone/inbox.ts'
import {
	atEnd,
	openGateway,
	openSandbox,
	type TestGateway,
} from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'
import { seeded } from './random.ts'
import { layered, traced, type Layer } from '../../../support/storage.ts'
import { slowAnswers } from './wire.ts'
import { createWitness } from './witness.ts'

const OWNER = '491700000001'
const PEOPLE = 8
const GROUPS = 4
/** So many messages to a chat may wait for WhatsApp's answer. */
const WINDOW = 6
/** How long a writer thinks at the most, in milliseconds. */
const THINKING = 4
const PATIENCE = 60_000

/** A chat, as those who write and read there see it. */
type Chat = {
	name: string
	/** What the gateway calls it. */
	to: string
	/** Where its people write to. */
	place: string | Phone
	writers: Phone[]
	readers: Phone[]
}

/** How many messages are written in each chat, by each side. */
export type Volume = { perPerson: number; perGroup: number }

export type Circumstances = {
	/** Layers between the gateway and the trace of its commits. */
	above?: Layer[]
	/** Layers between that trace and the files. */
	below?: Layer[]
	/** What the network needs on the way to the gateway, in milliseconds at the most. */
	delay?: number
}

/** A gateway with eight chats and four groups in which nobody has written yet, and a witness. */
export async function openConversation(t: TestContext, circumstances: Circumstances = {}) {
	const { above = [], below = [], delay = 0 } = circumstances
	const random = seeded(20_000)
	const witness = createWitness(OWNER)
	const sandbox = await openSandbox(t)
	sandbox.whatsapp.log.listen(witness.passes)
	const { port } = new URL(sandbox.wsUrl)
	const wire = await slowAnswers(Number(port), () => random(delay))
	atEnd(t, () => wire.close())

	const owner = sandbox.phone(OWNER, { name: 'Shop' })
	const chats = openChats(
		owner,
		Array.from({ length: PEOPLE }, (_, n) =>
			sandbox.phone(`90532000000${n}`, { addressing: n % 2 ? 'lid' : 'pn' }),
		),
	)
	const gateway = await openGateway(t, {
		sandbox: { ...sandbox, wsUrl: sandbox.wsUrl.replace(port, String(wire.port)) },
		sendTimeout: PATIENCE / 1000,
		through: (storage) => layered(storage, [...below, traced(witness.saw), ...above]),
	})
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	owner.scans((await gateway.request('GET', '/api/v1/sessions/main/qr')).body.qr)
	await gateway.becomes('main', 'open')

	return {
		witness,
		/** Both sides write in all chats at once, each without waiting for the other. */
		async run(volume: Volume): Promise<void> {
			const think = () => pause(random(THINKING))
			await Promise.all(
				chats.flatMap((chat) => [
					gatewayWrites(gateway, chat, outTexts(chat, volume), think),
					peopleWrite(chat, inTexts(chat, volume), think),
				]),
			)
			await hasArrived([owner, ...chats.flatMap(({ readers }) => readers)])
			const total = sum(chats.map((chat) => inTexts(chat, volume).length))
			await until('all is acknowledged', () => witness.counted.received === total, {
				timeout: PATIENCE,
			})
		},
		/** @throws unless everything has arrived everywhere, once and in the order of its chat */
		async hasArrived(volume: Volume): Promise<void> {
			const events = await eventsOf(gateway)
			assert.deepEqual(
				events.map(({ seq }) => seq),
				events.map((_, n) => n + 1),
			)
			const received = events.filter(({ type }) => type === 'message.received')
			for (const chat of chats) {
				const here = received.filter(({ data }) =>
					[data.chat.id, data.chat.phone].includes(chat.to),
				)
				assert.deepEqual(
					here.map(({ data }) => data.text),
					inTexts(chat, volume),
				)
				for (const reader of [owner, ...chat.readers])
					assert.deepEqual(textsOn(reader, `${chat.name} out `), outTexts(chat, volume))
			}
		},
	}
}

function openChats(owner: Phone, people: Phone[]): Chat[] {
	const persons = people.map((person, n) => ({
		name: `person ${n}`,
		to: person.account.phone,
		place: owner,
		writers: [person],
		readers: [person],
	}))
	const groups = Array.from({ length: GROUPS }, (_, n) => {
		const members = [people[n]!, people[n + 1]!, people[n + 4]!]
		const name = `group ${n}`
		const jid = owner.createsGroup(name, members)
		return { name, to: jid, place: jid, writers: members.slice(0, 2), readers: members }
	})
	return [...persons, ...groups]
}

const outTexts = (chat: Chat, volume: Volume) => textsOf(chat, 'out', volume)
const inTexts = (chat: Chat, volume: Volume) => textsOf(chat, 'in', volume)

function textsOf({ name, to }: Chat, way: string, { perPerson, perGroup }: Volume): string[] {
	const length = to.endsWith('@g.us') ? perGroup : perPerson
	return Array.from({ length }, (_, n) => `${name} ${way} ${n}`)
}

/** Several messages are on their way at once; their order is that of the requests. */
async function gatewayWrites(
	gateway: TestGateway,
	{ to }: Chat,
	texts: string[],
	think: () => Promise<unknown>,
) {
	const waiting: Promise<void>[] = []
	const send = async (text: string) => {
		const path = '/api/v1/sessions/main/messages/text'
		const answer = await gateway.request('POST', path, { to, text })
		assert.equal(answer.status, 200, answer.text)
	}
	for (const text of texts) {
		if (waiting.length === WINDOW) await waiting.shift()
		waiting.push(send(text))
		await think()
	}
	await Promise.all(waiting)
}

async function peopleWrite(
	{ place, writers }: Chat,
	texts: string[],
	think: () => Promise<unknown>,
) {
	for (const [n, text] of texts.entries()) {
		await writers[n % writers.length]!.says(text, { to: place })
		await think()
	}
}

async function hasArrived(phones: Phone[]) {
	for (const phone of phones)
		await until('the phone has handled everything', async () => {
			await phone.settled()
			return phone.account.devices[0]!.queue.length === 0
		})
}

/** What a phone shows that begins like this. @throws when something is doubled or unreadable */
function textsOn({ inbox }: Phone, start: string): string[] {
	for (const { text, copies, error } of inbox.entries.map((entry) => ({
		...entry,
		text: textOf(entry.message),
	})))
		if (copies !== 1 || error) assert.fail(`${text}: ${copies} copies, ${error ?? 'readable'}`)
	const texts = inbox.entries.map(({ message }) => textOf(message) ?? '')
	return texts.filter((text) => text.startsWith(start))
}

async function eventsOf(gateway: TestGateway) {
	const events: any[] = []
	for (;;) {
		const after = events.at(-1)?.seq ?? 0
		const path = `/api/v1/sessions/main/events?after=${after}&limit=1000`
		const page = (await gateway.request('GET', path)).body.events
		if (page.length === 0) return events
		events.push(...page)
	}
}

const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0)
