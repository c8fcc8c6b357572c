import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionStatus } from '../../../../gateway/src/events/types/session-status.ts'
import type { SessionView } from '../../../../gateway/web/data/console-state.ts'
import { wordsOf } from '../../../../gateway/web/data/words.ts'

const viewOf = (status: SessionView['status'], reason?: string) =>
	({ status, last_disconnect: reason ? { reason } : null }) as SessionView

/** What they say is all there is to say: nothing is to be done, or the button is enough. */
const WITHOUT_SENTENCE = ['created', 'connecting', 'open']

for (const status of sessionStatus.options)
	test(`a number that is ${status} has words`, () => {
		const { pill, sentence, step, label } = wordsOf(viewOf(status))
		assert.ok(pill)
		assert.equal(sentence === undefined, WITHOUT_SENTENCE.includes(status))
		assert.equal(step === undefined, label === undefined, 'a button has its word')
	})

test('no two states have the same words, and a reason changes them', () => {
	const views = [
		...sessionStatus.options.map((status) => viewOf(status)),
		viewOf('closed', 'storage_failed'),
		viewOf('closed', 'phone_app_outdated'),
		viewOf('blocked', 'account_restricted'),
		viewOf('created', 'qr_expired'),
		viewOf('created', 'link_refused'),
	]
	const said = views.map(wordsOf).map(({ pill, sentence }) => `${pill} ${sentence}`)
	assert.equal(new Set(said).size, views.length)
})
