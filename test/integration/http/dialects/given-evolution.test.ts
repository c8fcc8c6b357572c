import { test } from 'node:test'
import { assertAllAnswer } from './support/given.ts'

test('the requests of clients of Evolution API answer as they expect', (t) =>
	assertAllAnswer(t, 'evolution-requests.json'))
