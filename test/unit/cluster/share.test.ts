import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasTooMany, toClaim } from '../../../gateway/src/cluster/share.ts'

const none = { sessions: 0, free: 0, leftOver: 0, nodes: 1, own: 0 }

const claims: [what: string, spread: Partial<typeof none>, most: number][] = [
	['one that is alone takes all, ten at a time', { sessions: 100, free: 100 }, 10],
	[
		'one of three takes up to its share and a tenth',
		{ sessions: 90, free: 40, nodes: 3, own: 30 },
		3,
	],
	[
		'who has its share takes nothing that has just become free',
		{ sessions: 90, free: 9, nodes: 3, own: 33 },
		0,
	],
	[
		'what nobody has taken for some time is for anybody',
		{ sessions: 90, free: 9, leftOver: 7, nodes: 3, own: 50 },
		7,
	],
	['nobody takes more than is free', { sessions: 100, free: 2 }, 2],
	['a session of its own is for one of two', { sessions: 1, free: 1, nodes: 2 }, 1],
	['there is nothing to take where there is nothing', {}, 0],
]

for (const [what, spread, most] of claims)
	test(what, () => assert.equal(toClaim({ ...none, ...spread }), most))

const moves: [what: string, spread: Partial<typeof none>, moves: boolean][] = [
	['one that is alone keeps all', { sessions: 100, own: 100 }, false],
	['all at one of two are too many', { sessions: 100, nodes: 2, own: 100 }, true],
	['a difference of a few is not worth a move', { sessions: 100, nodes: 2, own: 60 }, false],
	['all of a few stay where they are', { sessions: 6, nodes: 3, own: 6 }, false],
]

for (const [what, spread, isSo] of moves)
	test(what, () => assert.equal(hasTooMany({ ...none, ...spread }), isSo))
