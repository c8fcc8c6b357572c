import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOf, openLine } from './support/ask.ts'
import { openDoor } from './support/door.ts'
import { createGenerator, type Generated } from './support/generate.ts'
import { createJudge } from './support/judge.ts'
import { withKey } from './support/keyed.ts'
import { mutated } from './support/mutate.ts'
import { documentOf, operationsIn, type Operation } from './support/operations.ts'
import { createRandom } from '../../support/random.ts'
import { unexpectedServerError } from './support/server-errors.ts'
import { openWorld } from './support/world.ts'

const COUNT = Number(process.env.FUZZ ?? 5_000)
const SEED = Number(process.env.FUZZ_SEED ?? 1)
/** Which paths are asked for, to look closely at one API. */
const PATHS = new RegExp(process.env.FUZZ_PATHS ?? '')
/** One API lets a key ask sixty times a minute. */
const REQUESTS_PER_KEY = 50
const AT_ONCE = 8
const MOST_SHOWN = 20

test(`${COUNT} requests, valid and broken, get answers as documented and end nothing`, async (t) => {
	t.diagnostic(`FUZZ=${COUNT} FUZZ_SEED=${SEED} FUZZ_PATHS=${PATHS.source}`)
	const log: string[] = []
	const world = await openWorld(t, { log })
	const { gateway } = world
	const port = await openDoor(t, gateway)
	const document = await documentOf(gateway)
	const judge = createJudge(document)
	const operations = operationsIn(document).filter(({ path }) => PATHS.test(path))
	const random = createRandom(SEED)
	const chances = { optional: 0.3, nonsense: 0.03 }
	const makers = {
		usual: createGenerator({ document, random, known: world.known, ...chances }),
		other: createGenerator({ document, random, known: world.knownOfOther, ...chances }),
	}
	const failures = new Map<string, string>()
	const statuses = new Map<number, number>()

	async function run(batch: number) {
		const key = await world.adminKey()
		// Each from an address of its own, as wrong keys count there.
		const ask = openLine(t, port, `127.1.${batch >> 8}.${batch & 255}`)
		const requests = Array.from({ length: REQUESTS_PER_KEY }, make)
		for (let at = 0; at < requests.length; at += AT_ONCE)
			await Promise.all(
				requests.slice(at, at + AT_ONCE).map(async ([operation, request]) => {
					const asked = operation.isPublic ? request : withKey(request, key.key)
					const answer = await ask(asked)
					statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
					const wrong = judge(operation, answer) ?? unexpectedServerError(answer)
					if (wrong)
						note(operation, asked, `${answer.status} ${wrong}\n${answer.text.slice(0, 600)}`)
					await world.tidy(asked, answer)
				}),
			)
		await key.remove()
		await world.openOther()
	}

	function make(): [Operation, Generated] {
		const operation = random.pick(operations)
		// What ends a session ends the one that nobody needs.
		const isForOther = isEnding(operation) || random.chance(0.1)
		const maker = isForOther ? makers.other : makers.usual
		const types = Object.keys(operation.bodies)
		const request = maker.request(operation, random.pick(types))
		return [operation, random.chance(0.5) ? request : mutated(request, random)]
	}

	function note({ method, path }: Operation, request: Generated, wrong: string) {
		const kind = `${method} ${path} ${wrong.split('\n')[0]!.replaceAll(/\d+/g, 'N')}`
		if (failures.size < MOST_SHOWN && !failures.has(kind))
			failures.set(kind, `${method} ${path}: ${wrong}\n${curlOf(request, port)}`)
	}

	for (let batch = 0; batch < COUNT / REQUESTS_PER_KEY; batch++) await run(batch)

	t.diagnostic(JSON.stringify(Object.fromEntries([...statuses].sort())))
	for (const failure of failures.values()) t.diagnostic(failure)
	assert.equal(failures.size, 0)
	assert.deepEqual(
		log.filter((line) => /"level":[56]0/.test(line)),
		[],
	)
	assert.equal((await gateway.request('GET', '/health')).status, 200)
	assert.equal(await gateway.statusOf('main'), 'open')
	const last = { to: world.ada.account.phone, text: 'still here' }
	assert.equal(
		(await gateway.request('POST', '/api/v1/sessions/main/messages/text', last)).status,
		200,
	)
	await world.ada.receives('still here')
})

const isEnding = ({ method, path }: Operation) =>
	/\/(logout|disconnect|delete|stop)(\/|$)/.test(path) ||
	(['DELETE', 'PUT'].includes(method) && /\{(session|sessionId|instance)\}$/.test(path))

function curlOf({ method, path, headers, body }: Generated, port: number): string {
	const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
	const lines = Object.entries(headers)
		.filter(([name]) => !['access-token', 'x-api-key', 'apikey'].includes(name))
		.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
	const data =
		body === undefined ? '' : ` --data-binary ${quoted(bytesOf(body, headers)!.slice(0, 2_000))}`
	return `curl -g -X ${method} ${lines.join(' ')}${data} ${quoted(`http://127.0.0.1:${port}${path}`)}`
}
