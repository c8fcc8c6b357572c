import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '../../gateway/src/log.ts'
import { textLines } from '../../gateway/src/log/text-lines.ts'

/** What a log prints, without the time. */
function printed(say: (log: ReturnType<typeof createLog>) => void, hasColors = false) {
	const lines: string[] = []
	const out = { write: (line: string) => void lines.push(line) }
	say(createLog('trace', textLines(out, hasColors)))
	const text = lines.join('')
	assert.match(text, /^(\u001b\[90m)?\d\d:\d\d:\d\d/)
	assert.ok(text.endsWith('\n'))
	return text.trimEnd().replace(/\d\d:\d\d:\d\d /, '')
}

const lines: [what: string, say: Parameters<typeof printed>[0], text: string][] = [
	['a sentence', (log) => log.info('ready'), 'info  ready'],
	['its session', (log) => log.child({ session: 'main' }).warn('lost'), 'warn  [main] lost'],
	['the reason', (log) => log.warn({ why: 'it is off' }, 'lost'), 'warn  lost: it is off'],
	[
		'other facts',
		(log) => log.debug({ seq: 7, state: 'open' }, 'sent'),
		'debug sent seq=7 state=open',
	],
	['lists', (log) => log.info({ all: [1, { a: null }] }, 'x'), 'info  x all=[1,{"a":null}]'],
	[
		'the message of an error, and where a warning comes from not',
		(log) => log.warn({ err: new Error('disk full') }, 'not saved'),
		'warn  not saved: disk full',
	],
	['no secret', (log) => log.info({ key: 'canary' }, 'x'), 'info  x key=[redacted]'],
	[
		'nothing that moves the cursor',
		(log) => log.info({ name: '\u001b[2J\u202e\r\n\u009b' }, 'a\nb'),
		String.raw`info  a\u000ab name=\u001b[2J\u202e\u000d\u000a\u009b`,
	],
]
for (const [what, say, text] of lines)
	test(`a line for people has ${what}`, () => assert.equal(printed(say), text))

test('an error is followed by where it comes from', () => {
	const text = printed((log) => log.error({ err: new Error('oops') }, 'failed'))
	assert.match(text, /^error failed: oops\n +at .*log-text/)
})

test('a terminal with colours gets the level in its colour', () => {
	const text = printed((log) => log.warn('lost'), true)
	assert.ok(text.includes('\u001b[33mwarn \u001b[0m lost'), JSON.stringify(text))
})
