import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isGatewayError } from '../../../../gateway/src/errors.ts'
import { createWaitingLimit } from '../../../../gateway/src/session/send/waiting-limit.ts'

const refused = (error: unknown) =>
	isGatewayError(error, 'rate_limited') && error.facts.retryAfter! > 0

test('a send beyond the number that may wait is refused until one of them has left', () => {
	const enter = createWaitingLimit(2, 100)
	const leave = enter(0)
	enter(0)
	assert.throws(() => enter(0), refused)
	leave()
	// Leaving twice frees one place.
	leave()
	enter(0)
	assert.throws(() => enter(0), refused)
})

test('sends beyond the bytes that may wait are refused, and smaller ones are not', () => {
	const enter = createWaitingLimit(10, 100)
	const leave = enter(60)
	assert.throws(() => enter(41), refused)
	enter(40)
	assert.throws(() => enter(1), refused)
	enter(0)
	leave()
	enter(60)
})

test('one send alone may hold more than the limit', () => {
	const enter = createWaitingLimit(10, 100)
	const leave = enter(1_000)
	assert.throws(() => enter(1), refused)
	leave()
	enter(1_000)
})
