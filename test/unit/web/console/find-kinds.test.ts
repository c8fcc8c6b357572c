import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageForms } from '../../../../gateway/codegen/web/forms.ts'
import { findKinds } from '../../../../gateway/web/pages/try/find-kinds.ts'

const forms = messageForms()
const find = (wanted: string) => findKinds(forms, wanted).map(({ type }) => type)

test('without a word all kinds are found', () => {
	assert.equal(find('  ').length, forms.length)
})

test('every kind is found by its name, before those that only mention it', () => {
	for (const { type, title } of forms) {
		const isNamed = (found: string) => {
			const form = forms.find((candidate) => candidate.type === found)!
			return `${form.title} ${form.type}`.toLowerCase().includes(title.toLowerCase())
		}
		const found = find(title.toUpperCase())
		assert.ok(found.includes(type), title)
		assert.ok(isNamed(found[0]!), title)
	}
})

test('all words have to be there', () => {
	assert.ok(find('poll').includes('poll'))
	assert.deepEqual(find('poll nothing-says-this'), [])
})
