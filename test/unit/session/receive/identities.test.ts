import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityOf, isSame } from '../../../../gateway/src/session/identity.ts'
import { parseReceipt } from '../../../../gateway/src/session/receive/parse-receipt.ts'

const ADA = {
	id: '491700000002@s.whatsapp.net',
	phone: '491700000002',
	lid: '552556499076800@lid',
	name: null,
}
const PHONE_FORMS = ['s.whatsapp.net', 'c.us', 'hosted'].flatMap((server) => [
	`491700000002@${server}`,
	`491700000002:7@${server}`,
	`491700000002_1:7@${server}`,
])
const LID_FORMS = ['lid', 'hosted.lid'].flatMap((server) => [
	`552556499076800@${server}`,
	`552556499076800:99@${server}`,
])
const unknown = () => undefined
const known = (_user: string, kind: 'phone' | 'lid') =>
	kind === 'phone' ? '552556499076800' : '491700000002'

test('every form of a jid is one person', () => {
	for (const jid of [...PHONE_FORMS, ...LID_FORMS])
		assert.deepEqual(identityOf(jid, known), ADA, jid)
	for (const jid of PHONE_FORMS)
		for (const alt of LID_FORMS) {
			assert.deepEqual(identityOf(jid, unknown, { alt }), ADA, `${jid} ${alt}`)
			assert.deepEqual(identityOf(alt, unknown, { alt: jid }), ADA, `${alt} ${jid}`)
		}
})

test('another jid of the same kind says nothing about the other kind', () => {
	const { lid } = identityOf('1@s.whatsapp.net', unknown, { alt: '2@s.whatsapp.net' })
	assert.equal(lid, null)
})

test('people are the same when they share a jid, and groups when they are one', () => {
	const number = identityOf(PHONE_FORMS[0]!, unknown)
	const hidden = identityOf(LID_FORMS[0]!, unknown)
	const group = identityOf('120363000000000001@g.us', unknown)
	for (const one of [number, hidden, ADA]) assert.ok(isSame(one, ADA) && isSame(ADA, one))
	for (const [one, other] of [
		[number, hidden],
		[ADA, group],
		[group, identityOf('120363000000000002@g.us', unknown)],
	] as const)
		assert.ok(!isSame(one, other))
	assert.ok(isSame(group, { ...group }))
})

test('the reader of a receipt is a person without a device, in chats, groups and lists', () => {
	const cases: [Record<string, string>, { chat: string; reader: string; many: boolean }][] = [
		[
			{ from: '491700000002:7@s.whatsapp.net', sender_lid: '552556499076800@lid' },
			{ chat: ADA.id, reader: ADA.id, many: false },
		],
		[
			{ from: '120363000000000001@g.us', participant: '552556499076800:7@lid' },
			{ chat: '120363000000000001@g.us', reader: ADA.lid, many: true },
		],
		[
			{ from: '1700000000@broadcast', participant: '491700000002:99@hosted' },
			{ chat: '1700000000@broadcast', reader: ADA.id, many: true },
		],
	]
	for (const [attrs, expected] of cases) {
		const { chat, reader, many } = parseReceipt({ tag: 'receipt', attrs: { id: 'A', ...attrs } })!
		assert.deepEqual({ chat, reader, many }, expected)
	}
	const { alt } = parseReceipt({ tag: 'receipt', attrs: { id: 'A', ...cases[0]![0] } })!
	assert.equal(alt, ADA.lid)
})
