import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readableText } from '../../../gateway/src/messages/readable-text.ts'

test('texts, captions and names are read in their order, once each', () => {
	const content = {
		someMessage: {
			displayName: 'Shop',
			contextInfo: { quotedMessage: { conversation: 'earlier' } },
			id: 'X1',
			url: 'https://example.com',
			parts: [{ bodyText: 'one' }, { bodyText: 'two' }, { bodyText: 'one' }, { text: ' ' }],
			fileName: 'a.bin',
			secret: new Uint8Array([1, 2]),
			params: ['three'],
			next: null,
		},
	}
	assert.equal(readableText(content), 'Shop\none\ntwo\nthree')
	assert.equal(readableText({ call: { callKey: new Uint8Array(9) } }), undefined)
})

test('what is read has an end, however long or deep a message is', () => {
	assert.equal(readableText({ text: 'x'.repeat(100_000) })?.length, 4_096)
	const many = Array.from({ length: 100_000 }, (_, n) => ({ text: `line ${n}` }))
	assert.ok(readableText({ many })!.length <= 4_096)
	let deep: object = { text: 'down there' }
	for (let level = 0; level < 100_000; level++) deep = { message: deep }
	assert.equal(readableText(deep), undefined)
})
