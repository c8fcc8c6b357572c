import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createRecovery } from '../../../gateway/src/session/recovery.ts'

/** A recovery by a clock that the test moves, in seconds. */
function watchedRecovery(t: TestContext) {
	t.mock.timers.enable({ apis: ['setTimeout'] })
	let attempts = 0
	const recovery = createRecovery(() => attempts++)
	/** @returns how often it was tried by then */
	const after = (seconds: number) => {
		t.mock.timers.tick(seconds * 1000)
		return attempts
	}
	return { recovery, after }
}

test('requests that fail while an attempt is waited for do not put it off', (t) => {
	const { recovery, after } = watchedRecovery(t)
	for (let second = 0; second < 5; second++) {
		recovery.failed()
		after(1)
	}
	assert.equal(after(0), 1)
})

test('it is tried again within 5 s for as long as each attempt fails', (t) => {
	const { recovery, after } = watchedRecovery(t)
	const tried = Array.from({ length: 8 }, () => {
		recovery.failed()
		return after(5)
	})
	assert.deepEqual(tried, [1, 2, 3, 4, 5, 6, 7, 8])
})

test('a session that came back and fails soon again waits longer, until it has been connected for some time', (t) => {
	t.mock.method(Math, 'random', () => 0)
	const { recovery, after } = watchedRecovery(t)
	const waits = Array.from({ length: 4 }, (_, n) => {
		if (n === 3) recovery.isStable()
		recovery.failed()
		let waited = 0
		for (const before = after(0); after(0) === before; waited++) after(1)
		recovery.succeeded()
		return waited
	})
	assert.deepEqual(waits, [5, 10, 15, 5])
})

test('an attempt by a request takes the place of the scheduled one', (t) => {
	const { recovery, after } = watchedRecovery(t)
	recovery.failed()
	recovery.stopWaiting()
	assert.equal(after(60), 0)
	assert.ok(recovery.isOn)
})

test('a session that was disconnected is not tried again', (t) => {
	const { recovery, after } = watchedRecovery(t)
	recovery.failed()
	recovery.callOff()
	assert.equal(after(60), 0)
	assert.ok(!recovery.isOn)
})
