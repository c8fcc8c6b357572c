import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseLanguage } from '../../../../gateway/web/pair/words/choose.ts'

const known = ['en', 'de', 'es', 'pt-BR'] as const

const cases: [wanted: string[], chosen: string | undefined][] = [
	[['de'], 'de'],
	[['de-AT', 'en'], 'de'],
	[['pt-PT'], 'pt-BR'],
	[['PT-br', 'es'], 'pt-BR'],
	[['ja', 'es-MX', 'en'], 'es'],
	[['ja'], undefined],
	[['den', ''], undefined],
	[[], undefined],
]

for (const [wanted, chosen] of cases)
	test(`a browser that prefers ${wanted.join(', ') || 'nothing'} shows ${chosen ?? 'the fallback'}`, () =>
		assert.equal(chooseLanguage(wanted, known), chosen))
