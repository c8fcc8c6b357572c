import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import type { Phone } from '../../../../gateway/src/sandbox/index.ts'
import { sha256 } from '../../../support/gateway/files.ts'
import { until } from '../../../support/wait.ts'
import { answers, requests } from './support/documents.ts'
import { openDocuments } from './support/verbatim-world.ts'

/** What we answer besides what is documented: it helps with a next request. */
const beyond: Record<string, string[]> = {
	'wa-rs sent': ['choices', 'success'],
	'wa-rs upload': ['height', 'thumbnail', 'width'],
	'wafastapi text': ['messageId'],
	'wafastapi location': ['message', 'messageId'],
	'wafastapi poll': ['messageId', 'result'],
}

/** Wawp's document shows the answer to a picture where it speaks of texts; these are null for a text. */
const ofFiles =
	/\.(caption|deprecatedMms3Url|directPath|mimetype|(enc)?[fF]ilehash|size|mediaKey\w*)$/

test('every request of the five documents runs as it is and does what it describes', async (t) => {
	const world = await openDocuments(t)
	const { samples, ask } = world
	for (const request of requests) {
		await t.test(`${request.system}: ${request.name}`, async () => {
			const { real, message, author, person } = await world.real(request)
			const before = person.inbox.entries.at(-1)?.seq ?? 0
			const shown = real.shows && seen(real.shows === 'read' ? author : person, real.shows, message)
			const answer = await world.send(real)
			assert.equal(answer.status, 200, answer.text)
			sameForm(answer.body, answers[real.answer]!, real.answer)
			await shown
			if (!real.arrives) return
			const {
				id,
				message: got,
				media,
			} = await person.receives((received) => received.seq > before && received.id !== message)
			assert.partialDeepStrictEqual(plain(got!), real.arrives)
			if (real.file) assert.equal(media?.sha256, sha256(samples[real.file]!))
			for (const named of idsIn(answer.body)) assert.equal(named, id)
		})
	}

	await t.test('what was uploaded is sent as it was answered', async () => {
		const upload = requests.find(({ answer }) => answer === 'wa-rs upload')!
		const { real, person } = await world.real(upload)
		const { body: image } = await world.send(real)
		const path = '/api/v1/sessions/main/messages/image'
		const body = { to: person.account.phone, image }
		const sent = await ask({ path, headers: real.headers, body })
		const { media } = await world.decrypted(sent.body.message_id, person)
		assert.equal(media?.sha256, sha256(samples['.jpg']!))
	})
})

function plain(message: proto.IMessage) {
	const whole = proto.Message.fromObject(message)
	return proto.Message.toObject(whole, { bytes: String, longs: Number, enums: String })
}

/** Waits until a person sees that somebody writes, or has read their message. */
async function seen(person: Phone, shows: string, message: string): Promise<void> {
	if (shows === 'read') {
		const marked = () => person.receipts.some(({ id, type }) => id === message && type === 'read')
		return void (await until('the message is read', marked))
	}
	const [{ state }] = await once(person.events, 'typing')
	assert.equal(state, shows)
}

/** The ids of sent messages that an answer names. */
function idsIn(answer: any): string[] {
	const { message_id, messageId, id, messages } = answer
	return [message_id, messageId, id?.id, ...(messages ?? [])].filter(Boolean)
}

/** Holds that an answer has the fields of the documented one, of the same types. */
function sameForm(answer: any, documented: any, place: string): void {
	// What is null there has no known type; empty lists are printed as {}.
	if (documented === null || isEmpty(documented)) return
	if (answer === null && ofFiles.test(place)) return
	assert.equal(typeOf(answer), typeOf(documented), place)
	if (Array.isArray(documented))
		return answer.forEach((one: unknown) => sameForm(one, documented[0], `${place}[]`))
	if (typeof documented !== 'object') return
	const given = Object.keys(answer).filter((name) => !beyond[place]?.includes(name))
	assert.deepEqual(given.sort(), Object.keys(documented).sort(), place)
	for (const name of given) sameForm(answer[name], documented[name], `${place}.${name}`)
}

const isEmpty = (value: unknown) => typeof value === 'object' && !Object.keys(value ?? {}).length

function typeOf(value: unknown): string {
	if (value === null) return 'null'
	if (Array.isArray(value)) return 'array'
	const isMoment = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
	return isMoment ? 'moment' : typeof value
}
