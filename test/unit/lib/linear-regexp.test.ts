import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linearRegexp, SEARCHED_CHARACTERS } from '../../../gateway/src/lib/linear-regexp.ts'
import { impossiblePatterns } from '../../support/impossible-patterns.ts'

// Whether each expression is found in each text, as `new RegExp(source, 'iu')` finds it.
const searches: [source: string, found: string[], notFound: string[]][] = [
	['', ['', 'a'], []],
	['^$', [''], ['a', '\n']],
	['^order \\d+$', ['order 12', 'ORDER 7'], ['an order 12', 'order 12!', 'order x']],
	['^b', ['b', 'ba'], ['a\nb']],
	['a$', ['a', 'ba'], ['a\n', 'a\nb']],
	['a.b', ['a-b', 'a😀b'], ['a\nb', 'ab']],
	['^.$', ['😀', 'ä', 'x'], ['', '\n', 'xy']],
	['\\bfoo\\b', ['a foo b', 'foo', 'foo!'], ['food', 'afoo']],
	['(?:yes|no)+', ['yes', 'NONO'], ['maybe']],
	['a{2,3}', ['aa', 'xaaaa'], ['a']],
	['[^a-c]', ['d', 'abcd'], ['abc', '']],
	['[\\w-]+@[\\w.]+', ['me@example.org'], ['me @ x']],
	['ä', ['Ä', 'xä'], ['a', 'ae']],
	['straße', ['STRAßE', 'Straẞe'], ['strasse']],
	['ΑΣ', ['ας', 'ασ'], ['α']],
	['k', ['K', '\u212a'], ['x']],
	['ж+', ['ЖЖ'], ['zh']],
	['\\p{L}\\p{N}', ['ß٣'], ['a-']],
	['\\u00e4|\\u{1F600}|\\x41', ['Ä', '😀', 'a'], ['b']],
	['\\cJ|\\t|\\v|\\0', ['\n', '\t', '\v', '\0'], [' ']],
	['[^]', ['\n', 'a'], ['']],
	['(?<year>\\d{4})-(?<month>\\d\\d)', ['2026-11'], ['26-11']],
	['\\d', ['1'], ['٣', 'x']],
	['a/b\\/c', ['a/b/c'], ['ab/c']],
]

for (const [source, found, notFound] of searches)
	test(`a search for /${source}/ finds what JavaScript finds`, () => {
		const expression = linearRegexp(source)
		for (const text of found) assert.equal(expression.test(text), true, JSON.stringify(text))
		for (const text of notFound) assert.equal(expression.test(text), false, JSON.stringify(text))
		const native = new RegExp(source, 'iu')
		for (const text of found) assert.equal(native.test(text), true, JSON.stringify(text))
		for (const text of notFound) assert.equal(native.test(text), false, JSON.stringify(text))
	})

// Flags that JavaScript writes behind an expression stand inside it.
const flags: [source: string, found: string, notFound: string][] = [
	['(?-i:Order)', 'an Order', 'an order'],
	['(?m:^b$)', 'a\nb\nc', 'ab'],
	['(?s:a.b)', 'a\nb', 'ab'],
	['(?-i:O)rder', 'ORDER', 'order'],
]

for (const [source, found, notFound] of flags)
	test(`flags stand in the expression: /${source}/`, () => {
		const expression = linearRegexp(source)
		assert.deepEqual([expression.test(found), expression.test(notFound)], [true, false])
	})

const a = 'a'.repeat(SEARCHED_CHARACTERS)
// A search that backtracks takes longer than the tests for each of them.
const catastrophes: [source: string, text: string, isFound: boolean][] = [
	['(a+)+$', `${a.slice(1)}!`, false],
	['^(a+)+$', `${a.slice(1)}!`, false],
	['^(a|aa)+$', `${a.slice(1)}!`, false],
	['^(a|a?)+$', `${a.slice(1)}!`, false],
	['(.*a){20}b', a, false],
	['(x+x+)+y', 'x'.repeat(10_000), false],
	['^(([a-z])+.)+[A-Z]([a-z])+$', `${a.slice(1)}!`, false],
	['([a-zA-Z]+)*\\d', a, false],
	['(a?){50}a{50}', a, true],
	['[ab]*a[ab]{400}c', 'ab'.repeat(8000), false],
	['.{1,80}.{1,80}.{1,80}!', a, false],
	['(\\p{L}+\\s?)*;', 'ж'.repeat(10_000), false],
	['^(\\w+\\s?)*$', `${'word '.repeat(3000)};`, false],
]

for (const [source, text, isFound] of catastrophes)
	test(`a search for /${source}/ does not backtrack`, () => {
		assert.equal(linearRegexp(source).test(text), isFound)
	})

const refused: [source: string, why: RegExp][] = [
	...impossiblePatterns,
	['[', /Unterminated character class/],
	['a**', /Nothing to repeat/],
	['*', /Nothing to repeat/],
	['a{2,1}', /out of order/],
	['\\', /at end of pattern/],
	['\\q', /Invalid escape/],
	['\\Qa\\E', /Invalid escape/],
	['(?i)a', /Invalid group/],
	['\\p{Nothing}', /Invalid property name/],
	['\\p{RGI_Emoji}', /Invalid property name/],
	['\\p{Script=Greek}', /\\p\{Script=Greek\}/],
	['\\ud83d\\ude00', /\\ud83d/],
	['[\\b]', /\\b/],
	['(a{20}){30}', /too large/],
	['((a{30}){30}){30}', /repeat count/],
	['(.{0,1000}){0,1000}', /too large/],
]

for (const [source, why] of refused)
	test(`/${source}/ is refused with the reason`, () => {
		assert.throws(() => linearRegexp(source), { name: 'SyntaxError', message: why })
	})
