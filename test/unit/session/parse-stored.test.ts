import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BufferJSON } from '@whiskeysockets/baileys'
import { parseStored } from '../../../gateway/src/session/import-baileys/parse-stored.ts'

const value = { key: Buffer.from('secret'), list: [1, 'two'], none: null }
const json = JSON.stringify(value, BufferJSON.replacer)

const encodings: [name: string, stored: unknown][] = [
	['once', json],
	['twice', JSON.stringify(json)],
	['three times', JSON.stringify(JSON.stringify(json))],
	['with its bytes as a list', JSON.stringify(value)],
	[
		'with its bytes by number',
		json.replace(/\{"type":"Buffer"[^}]*\}/, '{"0":115,"1":101,"2":99,"3":114,"4":101,"5":116}'),
	],
	['not at all', value],
]
for (const [name, stored] of encodings)
	test(`a value that was encoded ${name} is read`, () => {
		assert.deepEqual(parseStored(stored), value)
	})

test('a name of digits stays a text, however often it was encoded', () => {
	for (const stored of ['4917', '"4917"', JSON.stringify('"4917"')])
		assert.equal(parseStored(stored), '4917')
})

test('what was deleted is null, and what is torn is an error', () => {
	assert.equal(parseStored('null'), null)
	assert.equal(parseStored('"null"'), null)
	for (const torn of [json.slice(0, 20), '"', '{'])
		assert.throws(() => parseStored(torn), SyntaxError)
})
