import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change, StateStore } from '../../../gateway/src/storage/driver.ts'
import { memoryState } from '../../../gateway/src/storage/memory.ts'
import { temporaryDirectory } from '../../support/directories.ts'
import { openStore } from '../../support/state-store.ts'

const STEPS = 1_500
const collections = ['a', 'b', 'day/1', 'day/2', 'day/3']

/** Numbers that look random and are the same at each run. */
function numbersFrom(seed: number) {
	let state = seed
	return (below: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
		return Math.floor((state / 2 ** 32) * below)
	}
}

const contents = (store: StateStore) =>
	Promise.all(collections.map(async (name) => [...(await store.list(name))]))

for (const seed of [1, 2, 3, 4])
	test(`files hold what memory holds after any changes, drops, compactions and openings (${seed})`, async (t) => {
		const directory = await temporaryDirectory(t)
		const random = numbersFrom(seed)
		const open = () =>
			openStore(directory, { initial: () => [], compactAfter: 400 + random(4_000) })
		const model = memoryState([])
		let store = await open()
		for (let step = 0; step < STEPS; step++) {
			const what = random(100)
			if (what < 90) {
				const changes = Array.from({ length: 1 + random(3) }, (): Change => ({
					collection: collections[random(collections.length)]!,
					id: `id ${random(40)}`,
					value: random(4) === 0 ? null : { step, text: 'x'.repeat(random(40)) },
				}))
				void store.commit(changes)
				await model.commit(changes)
			} else if (what < 93) {
				const before = String(random(4))
				void store.drop('day/', before)
				await model.drop('day/', before)
			} else if (what < 97) {
				const [name, id] = [collections[random(collections.length)]!, `id ${random(40)}`]
				assert.deepEqual(await store.get(name, [id]), await model.get(name, [id]), `step ${step}`)
			} else if (what === 97) {
				assert.deepEqual(await contents(store), await contents(model), `step ${step}`)
			} else {
				await store.close()
				store = await open()
			}
		}
		await store.rewrite()
		assert.deepEqual(await contents(store), await contents(model))
		await store.close()
		store = await open()
		assert.deepEqual(await contents(store), await contents(model))
		await store.close()
	})
