import type { TestContext } from 'node:test'
import type { Phone } from '../../../gateway/src/sandbox/index.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { throughPort } from '../../support/postgres.ts'
import { until } from '../../support/wait.ts'
import { inParallel } from '../measure/parallel.ts'
import { percentilesOf } from '../measure/percentiles.ts'
import { delayed } from './delay.ts'
import { ratio, withContext, type Place } from './place.ts'

const PEOPLE = 50
const TURNS = 6
const LONE = 40
const BULK = 150
/** Each way. */
const AWAY_MS = 0.25

/** A gateway with its simulated WhatsApp, and people whom it knows. */
async function openSide(t: TestContext, stateUrl: string | undefined) {
	const linked = await linkedGateway(t, { stateUrl, governor: 'off', sendTimeout: 60 })
	const { gateway, sandbox, owner } = linked
	const people = Array.from({ length: PEOPLE }, (_, n) =>
		sandbox.phone(String(491_800_000_000 + n)),
	)
	async function send(to: Phone, text: string): Promise<number> {
		const begun = performance.now()
		const body = { to: to.account.phone, text }
		const { status, text: said } = await gateway.request(
			'POST',
			'/api/v1/sessions/main/messages/text',
			body,
		)
		if (status !== 200) throw new Error(said)
		return performance.now() - begun
	}
	const journal = await gateway.sessions.get('main').journal()
	let received = 0
	let count = 0
	const counted = async (after: number) => {
		const events = await gateway.sessions.get('main').events(after, 10_000)
		return events.filter(({ type }) => type === 'message.received').length
	}
	for (const person of people) {
		await send(person, 'hello')
		await person.says('hello', { to: owner })
	}
	return {
		/** One after the other to one person. @returns how long each took, in milliseconds */
		async lone(): Promise<number[]> {
			const times = []
			for (let n = 0; n < LONE; n++) times.push(await send(people[0]!, `lone ${count++}`))
			return times
		},
		/** 16 at a time to all. @returns messages per second */
		async bulk(): Promise<number> {
			const begun = performance.now()
			await inParallel(BULK, 16, async (n) => void (await send(people[n % PEOPLE]!, `bulk ${n}`)))
			return (BULK / (performance.now() - begun)) * 1000
		},
		/** As fast as people write. @returns messages per second until each is durable */
		async receive(): Promise<number> {
			const after = await journal.newest()
			const begun = performance.now()
			for (let n = 0; n < BULK; n++)
				await people[n % PEOPLE]!.says(`in ${received++}`, { to: owner })
			const isThere = async () =>
				(await journal.newest()) - after >= BULK && (await counted(after)) >= BULK
			await until('all are there', isThere, { timeout: 60_000 })
			return (BULK / (performance.now() - begun)) * 1000
		},
	}
}

type Side = Awaited<ReturnType<typeof openSide>>

async function inTurns<T>(
	sides: [Side, Side],
	act: (side: Side) => Promise<T>,
): Promise<[T[], T[]]> {
	const results: [T[], T[]] = [[], []]
	for (let turn = 0; turn < TURNS; turn++)
		for (const which of turn % 2 ? [1, 0] : [0, 1]) results[which]!.push(await act(sides[which]!))
	return results
}

const median = (values: number[]) => percentilesOf(values).p50

/** Texts to and from simulated people, through the gateway. */
export async function messages({ server }: Place): Promise<void> {
	await withContext(async (t) => {
		const away = await delayed(server.port, AWAY_MS)
		const url = throughPort(await server.database(), away.port)
		const [json, far] = [await openSide(t, undefined), await openSide(t, url)]
		const lone = await inTurns([json, far], (side) => side.lone())
		const [atJson, atFar] = lone.map((times) => percentilesOf(times.flat()))
		console.log(
			`lone text, PostgreSQL ${2 * AWAY_MS} ms away: p50 ${(atFar!.p50 - atJson!.p50).toFixed(1)} ms more (${atJson!.p50.toFixed(1)} → ${atFar!.p50.toFixed(1)})`,
		)
		const near = await openSide(t, await server.database())
		for (const [what, act] of [
			['sent, 16 at a time', (side: Side) => side.bulk()],
			['received', (side: Side) => side.receive()],
		] as const) {
			const [one, other] = (await inTurns([json, near], act)).map(median)
			console.log(
				`texts ${what}: ${ratio(other!, one!)} × json's rate (${Math.round(one!)} → ${Math.round(other!)}/s)`,
			)
		}
		await away.close()
	})
}
