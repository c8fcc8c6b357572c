import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import protobuf from 'protobufjs'
import {
	actionsWithoutEffect,
	silentKinds,
	silentTypes,
} from '../../../../gateway/src/session/receive/messages/silent.ts'
import { contentFields, createMessageMaker } from '../../../support/random-messages.ts'
import { createRandom } from '../../../support/random.ts'
import { assertDescribed, changing, mayBe } from './support/expected.ts'
import { openReader } from './support/reader.ts'
import { howKindsAreTold } from './support/kinds.ts'

const COUNT = Number(process.env.FUZZ ?? 2_500)
const SEED = Number(process.env.FUZZ_SEED ?? 1)

test('every kind of content has its place: a new one of a new Baileys has none', () => {
	assert.deepEqual(Object.keys(howKindsAreTold).sort(), [...contentFields].sort())
	const types = new proto.Message()
	for (const kind of Object.keys(howKindsAreTold))
		assert.ok(kind in types, `Baileys has no ${kind}`)
})

test('every kind of content is told as its place says, with nothing in it', async (t) => {
	const reader = await openReader(t)
	for (const [kind, place] of Object.entries(howKindsAreTold)) {
		const content = kind === 'conversation' ? 'hello' : {}
		await reader.reads(kind, proto.Message.fromObject({ [kind]: content }))
		const events = (await reader.told()).map(([, { type, data }]) =>
			type === 'message.received' ? (data as { type: string }).type : type,
		)
		if ('silent' in place) {
			assert.deepEqual(events, [], kind)
			assert.ok(kind in silentKinds || kind in actionsWithoutEffect, kind)
		} else if (events[0] !== place.told) console.log(kind, events)
	}
})

test('a message within any wrapper is told as what is in it', async (t) => {
	const reader = await openReader(t)
	for (const [kind, place] of Object.entries(howKindsAreTold)) {
		if (!('wraps' in place)) continue
		await reader.reads(`in-${kind}`, { [kind]: { message: { conversation: 'inside' } } })
		const [[, { data }] = assert.fail(kind)] = await reader.told()
		assert.equal((data as { text: string }).text, 'inside', kind)
	}
})

test('what only a newer WhatsApp knows is told, though nothing can be read of it', async (t) => {
	const reader = await openReader(t)
	const content = protobuf.Writer.create()
		.uint32((5_000 << 3) | 2)
		.string('new')
		.finish()
	await reader.reads('new', proto.Message.decode(content))
	const [[, { data }] = assert.fail()] = await reader.told()
	assert.partialDeepStrictEqual(data, { type: 'unknown', kind: null, text: null })
})

test('every protocol message is an event, silent for a reason, or changes something', async (t) => {
	const reader = await openReader(t)
	const { Type } = proto.Message.ProtocolMessage
	const types = Object.values(Type).filter(
		(type): type is proto.Message.ProtocolMessage.Type => typeof type === 'number',
	)
	for (const type of [...types, 99 as never]) {
		await reader.reads(`P${type}`, { protocolMessage: { type } })
		const { length } = await reader.told()
		if (!changing.includes(type)) assert.equal(length, type in silentTypes ? 0 : 1, Type[type])
	}
})

test('every reason for silence is a sentence', () => {
	for (const reasons of [silentKinds, silentTypes, actionsWithoutEffect])
		for (const reason of Object.values<string>(reasons)) assert.match(reason, /^[A-Z].+\.$/)
})

test(`${COUNT} random messages of the whole schema are one event each, or silent for a reason`, async (t) => {
	t.diagnostic(`FUZZ=${COUNT} FUZZ_SEED=${SEED}`)
	const reader = await openReader(t)
	const random = createRandom(SEED)
	const maker = createMessageMaker(random)
	const sent: { id: string; message: proto.IMessage }[] = []
	while (sent.length < COUNT) {
		const name = contentFields[sent.length % contentFields.length]!
		const made = maker.wrapped(maker.messageOf(name))
		const message = decoded(random.chance(0.3) ? maker.mutated(made) : maker.bytesOf(made))
		// Bytes that are no message count as not decrypted.
		if (!message) continue
		const id = `M${sent.length}`
		sent.push({ id, message })
		await reader.reads(id, message).catch((error: Error) => {
			throw new Error(`${JSON.stringify(message)}: ${error.stack}`)
		})
	}
	const told = await reader.told()
	assert.deepEqual(new Set(told.map(([id]) => id)).size, told.length, 'each is told once')
	const order = told.map(([id]) => Number(id.slice(1)))
	assert.deepEqual(
		order,
		order.toSorted((a, b) => a - b),
		'in their order',
	)
	for (const [, event] of told) assertDescribed(event)
	const ids = new Set(told.map(([id]) => id))
	for (const { id, message } of sent) {
		const may = mayBe(message)
		assert.ok(ids.has(id) ? may.told : may.silent, `${ids.has(id)} ${JSON.stringify(message)}`)
	}
	assert.ok(told.length > COUNT / 2, `${told.length} are told`)
})

function decoded(bytes: Uint8Array): proto.IMessage | undefined {
	try {
		return proto.Message.decode(bytes)
	} catch {
		return undefined
	}
}
