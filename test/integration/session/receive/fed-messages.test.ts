import { test } from 'node:test'
import { feedRandomMessages } from './support/feed.ts'

test('a message of every kind from a phone is one event in its order, or silent for a reason', (t) =>
	feedRandomMessages(t, { count: 120, seed: 1 }))
