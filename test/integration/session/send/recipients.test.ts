import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityOf, toJid } from '../../../../gateway/src/session/identity.ts'

const accepted: [given: string, address: string][] = [
	['919988066776', '919988066776@s.whatsapp.net'],
	['+919988066776', '919988066776@s.whatsapp.net'],
	['+91 99880-66776', '919988066776@s.whatsapp.net'],
	['+49 (151) 123.45678', '4915112345678@s.whatsapp.net'],
	['00491511234567', '491511234567@s.whatsapp.net'],
	[' 4915112345678 ', '4915112345678@s.whatsapp.net'],
	['919988066776@s.whatsapp.net', '919988066776@s.whatsapp.net'],
	['919988066776:12@s.whatsapp.net', '919988066776@s.whatsapp.net'],
	['919988066776@c.us', '919988066776@s.whatsapp.net'],
	['123456789012345@lid', '123456789012345@lid'],
	['123456789012345:3@lid', '123456789012345@lid'],
	['120363012345678901@g.us', '120363012345678901@g.us'],
	['123456789-1234567890@g.us', '123456789-1234567890@g.us'],
	['120363012345678901', '120363012345678901@g.us'],
	['4915112345678-1234567890', '4915112345678-1234567890@g.us'],
	['+49 151-1234567890', '491511234567890@s.whatsapp.net'],
	['120363012345678901@newsletter', '120363012345678901@newsletter'],
	['status@broadcast', 'status@broadcast'],
]

for (const [given, address] of accepted) {
	test(`\`${given}\` is the recipient ${address}`, () => assert.equal(toJid(given), address))
}

const refused = [
	['', 'An empty text is not a phone number'],
	['   ', 'An empty text is not a phone number'],
	['+', 'is not a phone number'],
	['abc', 'is not a phone number'],
	['49151abc', 'is not a phone number'],
	['1234', 'is not as long as a phone number'],
	['1234567890123456', 'is not as long as a phone number'],
	['015112345678', 'has no country code'],
	['@s.whatsapp.net', 'is not an id that WhatsApp knows'],
	['x@s.whatsapp.net', 'is not an id that WhatsApp knows'],
	['4915112345678@example.com', 'is not an id that WhatsApp knows'],
	['list@broadcast', 'is not an id that WhatsApp knows'],
	['a-b@g.us', 'is not an id that WhatsApp knows'],
] as const

for (const [given, why] of refused) {
	test(`\`${given}\` is refused: ${why}`, () => {
		assert.throws(
			() => toJid(given),
			(error: Error & { code?: string; facts?: { field?: string } }) =>
				error.code === 'invalid_recipient' &&
				error.facts?.field === 'to' &&
				error.message.includes(why),
		)
	})
}

const nothing = () => undefined

test('a person is known by phone and LID when the message says both', () => {
	const known = { alt: '123456789012345@lid', name: 'Ada' }
	const ada = {
		id: '4915112345678@s.whatsapp.net',
		phone: '4915112345678',
		lid: '123456789012345@lid',
		name: 'Ada',
	}
	assert.deepEqual(identityOf('4915112345678@s.whatsapp.net', nothing, known), ada)
	const other = { alt: '4915112345678:4@s.whatsapp.net', name: 'Ada' }
	assert.deepEqual(identityOf('123456789012345@lid', nothing, other), ada)
})

test('an identity is completed by what was learnt earlier', () => {
	const { phone, lid } = identityOf('123456789012345@lid', (user, kind) =>
		kind === 'lid' && user === '123456789012345' ? '4915112345678' : undefined,
	)
	assert.deepEqual([phone, lid], ['4915112345678', '123456789012345@lid'])
})

test('an unknown phone number is null, and the LID is what a reply goes to', () => {
	assert.deepEqual(identityOf('123456789012345@lid', nothing), {
		id: '123456789012345@lid',
		phone: null,
		lid: '123456789012345@lid',
		name: null,
	})
})

test('a group is neither a phone nor a LID', () => {
	const { id, phone, lid } = identityOf('123456789-1234567890@g.us', nothing)
	assert.deepEqual([id, phone, lid], ['123456789-1234567890@g.us', null, null])
})

test('the id of every identity is accepted as a recipient', () => {
	const ids = ['4915112345678@s.whatsapp.net', '123456789012345@lid', '123456789-1234567890@g.us']
	for (const id of ids) assert.equal(toJid(identityOf(id, nothing).id), id)
})
