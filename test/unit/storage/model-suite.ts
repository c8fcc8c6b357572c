import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Change, StateStore } from '../../../gateway/src/storage/driver.ts'
import { memoryState } from '../../../gateway/src/storage/memory.ts'

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

/** What a model test needs of a driver. */
type Driver<Store extends StateStore> = {
	/** Opens one and the same store again and again. @param random gives a number below another */
	open(random: (below: number) => number): Promise<Store>
	/** Done at the end, before everything is looked at once more. */
	finish?(store: Store): Promise<void>
}

/** Compares a driver with one that keeps everything in memory. @param seeds one test for each */
export function testModel<Store extends StateStore>(
	name: string,
	seeds: number[],
	driver: (t: TestContext) => Promise<Driver<Store>>,
): void {
	for (const seed of seeds)
		test(`${name}: holds what memory holds after any changes, drops and openings (${seed})`, async (t) => {
			const { open, finish } = await driver(t)
			const random = numbersFrom(seed)
			const model = memoryState([])
			let store = await open(random)
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
					store = await open(random)
				}
			}
			await finish?.(store)
			assert.deepEqual(await contents(store), await contents(model))
			await store.close()
			store = await open(random)
			assert.deepEqual(await contents(store), await contents(model))
			await store.close()
		})
}
