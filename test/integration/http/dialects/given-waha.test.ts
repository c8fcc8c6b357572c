import { test } from 'node:test'
import { assertAllAnswer } from './support/given.ts'

test('the requests of clients of WAHA answer as they expect', (t) =>
	assertAllAnswer(t, 'waha-requests.json'))
