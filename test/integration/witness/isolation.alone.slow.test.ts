import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { openReceiver, type Post } from '../../support/delivery/receiver.ts'
import { addHook } from '../../support/delivery/world.ts'

const PEOPLE = 20
const EACH = 15
/** Below it two delays are the same: what a busy machine does to a timer. */
const FLOOR_MS = 50

const delayOf = ({ event, arrived }: Post & { arrived: number }) =>
	arrived - Date.parse(event.timestamp)

function p95(delays: number[]) {
	return delays.sort((a, b) => a - b)[Math.floor(delays.length * 0.95)]!
}

test('a dead endpoint of three and a poisoned chat do not slow the others down', async (t) => {
	const { gateway, sandbox, owner } = await linkedGateway(t)
	const people = Array.from({ length: PEOPLE }, (_, n) =>
		sandbox.phone(String(491700000100 + n), { name: `Person ${n}` }),
	)
	const poisoned = people[0]!.account.phone
	let isPoisoned = false
	const arrivals: { at: number; post: Post }[] = []
	const isPoison = ({ event }: Post) => isPoisoned && event.data.sender.phone === poisoned
	const open = () =>
		openReceiver(t, (post) => {
			if (isPoison(post)) return 500
			arrivals.push({ at: Date.now(), post })
			return 204
		})
	const [one, two, dying] = [await open(), await open(), await openReceiver(t)]
	const hooks = []
	for (const { url } of [one, two, dying]) hooks.push(await addHook(gateway, url))

	async function measure(round: string, speakers: typeof people) {
		arrivals.length = 0
		const others = () =>
			arrivals.filter(({ post }) =>
				speakers.some(({ account }) => account.phone === post.event.data.sender.phone),
			)
		for (let n = 1; n <= EACH; n++) {
			await Promise.all(people.map((person) => person.says(`${round} ${n}`, { to: owner })))
			await until('all are there', () => others().length >= 2 * n * speakers.length)
		}
		return p95(others().map(({ at, post }) => delayOf({ ...post, arrived: at })))
	}

	await measure('warm-up', people)
	const before = await measure('before', people)
	isPoisoned = true
	// It takes what it is sent, and says nothing.
	dying.behaviour = () => {}
	const after = await measure('after', people.slice(1))
	t.diagnostic(`p95 ${before} ms before, ${after} ms after`)
	assert.ok(after <= 2 * Math.max(before, FLOOR_MS), `${after} ms instead of ${before}`)
	assert.ok((await hooks[2]!.state()).delivery.pending >= EACH * (PEOPLE - 1))
	assert.equal((await hooks[0]!.state()).delivery.down_since, null)
})
