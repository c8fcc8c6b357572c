import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Progress } from '../../../../gateway/src/sandbox/phone/state.ts'
import type { Tick } from '../../../../gateway/src/sandbox/view/bubble.ts'
import { tickOf } from '../../../../gateway/src/sandbox/view/ticks.ts'

const acked = (people: Progress['people']): Progress => ({ acked: true, people })

const cases: [what: string, progress: Progress | undefined, people: number | undefined, Tick][] = [
	['nothing is known', undefined, 1, 'waiting'],
	['the server has it', acked({}), 1, 'sent'],
	['the acknowledgement is held', { people: { a: 'read' } }, 1, 'waiting'],
	['the server refuses it', { refusal: 463, people: {} }, 1, 'refused'],
	['one person has it', acked({ a: 'delivered' }), 1, 'delivered'],
	['one of two has it', acked({ a: 'read' }), 2, 'sent'],
	['the slower of two counts', acked({ a: 'read', b: 'delivered' }), 2, 'delivered'],
	['both have played it', acked({ a: 'played', b: 'played' }), 2, 'played'],
	['in a status the fastest counts', acked({ a: 'delivered', b: 'read' }), undefined, 'read'],
	['nobody is in the group', acked({}), 0, 'sent'],
]

for (const [what, progress, people, tick] of cases)
	test(`${what}: ${tick}`, () => assert.equal(tickOf(progress, people), tick))
