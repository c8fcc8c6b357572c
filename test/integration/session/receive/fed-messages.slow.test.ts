import { test } from 'node:test'
import { feedRandomMessages } from './support/feed.ts'

const COUNT = Number(process.env.FUZZ ?? 2_200)
const SEED = Number(process.env.FUZZ_SEED ?? 2)

for (const [where, inGroup] of [
	['a phone', false],
	['a member of a group', true],
] as const)
	test(`${COUNT} random messages from ${where} are one event each in their order, or silent for a reason`, (t) =>
		feedRandomMessages(t, { count: COUNT, seed: SEED, inGroup }))
