import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultKinds, faultLine } from '../../../../gateway/web/phone/fault-kinds.ts'
import { forwarded } from '../../../../gateway/web/phone/forwarded.ts'
import { plainText, richText, type Rich } from '../../../../gateway/web/phone/rich.ts'
import { createTypingTeller } from '../../../../gateway/web/phone/typing.ts'
import { chosenAfter } from '../../../../gateway/web/phone/votes.ts'

/** A text with its marks as tags. */
const tagged = (parts: Rich[]): string =>
	parts
		.map((part) =>
			part.is === 'text'
				? part.text
				: `<${part.is}>${'parts' in part ? tagged(part.parts) : part.text}</${part.is}>`,
		)
		.join('')

for (const [said, shown] of [
	['plain', 'plain'],
	['a *bold* word', 'a <strong>bold</strong> word'],
	['_it_ and ~gone~', '<em>it</em> and <s>gone</s>'],
	['*bold and _both_*', '<strong>bold and <em>both</em></strong>'],
	['5*3*2 and snake_case_name', '5*3*2 and snake_case_name'],
	['* not * this', '* not * this'],
	['a `code *x*`', 'a <code>code *x*</code>'],
	['```two\nlines```', '<code>two\nlines</code>'],
	['see https://example.com/a_b_c.', 'see <link>https://example.com/a_b_c</link>.'],
	['*two\nlines*', '*two\nlines*'],
	['<b>*x*</b>', '<b><strong>x</strong></b>'],
] as const)
	test(`the marks of ${JSON.stringify(said)}`, () => {
		assert.equal(tagged(richText(said)), shown)
	})

test('a line of a text has no marks', () => {
	assert.equal(plainText('See you on *Friday, _really_*, `x`'), 'See you on Friday, really, x')
})

test('typing is told at most once in four seconds', () => {
	let now = 0
	const told: string[] = []
	const teller = createTypingTeller(
		(state) => void told.push(state),
		() => now,
	)
	for (const text of ['a', 'ab', 'abc']) teller.wrote(text)
	assert.deepEqual(told, ['composing'])
	now = 4_000
	teller.wrote('abcd')
	teller.wrote('')
	teller.wrote('')
	assert.deepEqual(told, ['composing', 'composing', 'paused'])
	teller.wrote('x')
	teller.sent()
	teller.wrote('')
	assert.deepEqual(told.slice(3), ['composing'])
})

for (const [chosen, pressed, most, then] of [
	[[], 'a', 1, ['a']],
	[['a'], 'b', 1, ['b']],
	[['a'], 'a', 1, []],
	[['a'], 'b', 0, ['a', 'b']],
	[['a', 'b'], 'c', 2, ['b', 'c']],
	[['a', 'b'], 'a', 0, ['b']],
] as const)
	test(`of ${most || 'any number of'} options, ${pressed} after [${chosen}] are [${then}]`, () => {
		assert.deepEqual(chosenAfter([...chosen], pressed, most), then)
	})

test('what is forwarded says so, and leaves the secret of the first message behind', () => {
	const contextInfo = { isForwarded: true, forwardingScore: 1 }
	assert.deepEqual(forwarded({ conversation: 'hi', messageContextInfo: { messageSecret: 's' } }), {
		extendedTextMessage: { text: 'hi', contextInfo },
	})
	assert.deepEqual(forwarded({ imageMessage: { caption: 'a' } }), {
		imageMessage: { caption: 'a', contextInfo },
	})
})

test('each fault says what a workflow will see, and a fault that is on is a line', () => {
	for (const { name, sees, body } of faultKinds) {
		assert.ok(name && sees.endsWith('.'))
		assert.ok(body('49', 'M1'), name)
	}
	const line = faultLine({ type: 'hold_acks', account: '49', waiting: 2 }, () => 'Anna')
	assert.equal(line, '“Sent” ticks are held for Anna (2 waiting)')
})
