import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHostAnswer } from '../../../../gateway/src/session/send/host-answer.ts'

test('an id of a media host keeps all its digits', () => {
	const body = '{"url": "https://a/?oh=1234567890123456789", "fbid": 1234567890123456789, "ts": 1}'
	const { fbid, ts, url } = readHostAnswer(body)
	assert.deepEqual([fbid, ts], ['1234567890123456789', 1])
	assert.equal(url, 'https://a/?oh=1234567890123456789')
	assert.deepEqual(readHostAnswer('<html>'), {})
})
