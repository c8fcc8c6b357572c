import type { Contender } from '../contenders/contender.ts'
import type { Measurement } from '../measure/measure.ts'
import type { Figure, Row } from '../report/rows.ts'
import { linkedAccount } from './accounts.ts'
import { measureReceiving } from './receive.ts'
import {
	figure,
	measureSends,
	seriesFigures,
	withContenders,
	withEach,
	type Bench,
	type Scenario,
	type Sides,
} from './scenario.ts'

const AT_ONCE = 16
const GOAL_AT_START = 5
const GOAL_GROWN = 20

export const groupSend: Scenario = {
	name: 'group-send',
	about: 'Texts to a group; one of its members decrypts them, the others take them unopened',
	async run(bench) {
		const rows: Omit<Row, 'scenario'>[] = []
		for (const members of bench.sizes.group.members)
			rows.push(...(await withContenders(bench, (both) => sendToGroup(bench, both, members))))
		return rows
	},
}

async function sendToGroup(bench: Bench, contenders: Contender[], size: number) {
	const { world, sizes, say } = bench
	const { window, grownTo, grown } = sizes.group
	const [reader] = await world.people(1)
	const others = await world.people(size - 1, { listens: false })
	const chats = await withEach(contenders, async (contender) => {
		const account = await linkedAccount(bench, contender)
		await measureSends(bench, contender, account, { to: [reader!], count: sizes.warmUp })
		return { account, group: await world.group(account, [reader!, ...others]) }
	})
	const send = (count: number, parallel = 1) =>
		withEach(contenders, (contender) => {
			const { account, group } = chats[contender.name]!
			return measureSends(bench, contender, account, { to: [group], count, parallel })
		})
	/** The same number of messages one by one, and then all that the group's line allows. */
	const rowsOf = (when: string, one: Sides<Measurement>, many: Sides<Measurement>, goal: number) =>
		[one, many].map((sides, index) => ({
			title: `${size} members, ${when}, ${index ? AT_ONCE : 1} at a time`,
			figures: seriesFigures(sides, { perSecond: { of: 'ratio', atLeast: goal } }),
		}))

	say(`group-send: ${size} members, at the start`)
	const first = await send(1)
	const start = await send(window)
	const rows: Omit<Row, 'scenario'>[] = [
		{ title: `${size} members, the first one`, figures: [figure('p50 ms', first, (s) => s.p50)] },
		...rowsOf('at the start', start, await send(window, AT_ONCE), GOAL_AT_START),
	]
	if (grown.includes(size)) {
		say(`group-send: ${size} members, ${grownTo} sends`)
		const between = await send(grownTo - 2 * window - 1, AT_ONCE)
		const later = await send(window)
		rows.push(
			...rowsOf(`after ${grownTo}`, later, await send(window, AT_ONCE), GOAL_GROWN),
			growthRow(
				`${size} members, growth`,
				start,
				later,
				cutShort(between, grownTo - 2 * window - 1),
			),
		)
	}
	await world.received(reader!)
	return rows
}

/** Who did not get through in time: its figures are those of fewer sends. */
function cutShort(between: Sides<Measurement>, wanted: number): string | undefined {
	const missed = (['raw', 'gateway'] as const).filter((name) => between[name]!.messages < wanted)
	if (missed.length === 0) return undefined
	return missed.map((name) => `${name} came to ${between[name]!.messages} in time`).join('; ')
}

function growthRow(
	title: string,
	start: Sides<Measurement>,
	later: Sides<Measurement>,
	note: string | undefined,
): Omit<Row, 'scenario'> {
	const growth = (name: 'raw' | 'gateway') => later[name]!.cpuMs / start[name]!.cpuMs
	const grown: Figure = {
		name: 'CPU after / at the start',
		raw: growth('raw'),
		gateway: growth('gateway'),
		goal: { of: 'gateway', atMost: 1.1 },
	}
	return { title, figures: [grown], ...(note && { note }) }
}

const MEMBERS = 10

export const groupReceive: Scenario = {
	name: 'group-receive',
	about: `${MEMBERS} people write to a group that the account is in, as fast as possible`,
	run: (bench) =>
		withContenders(bench, async (contenders) => {
			const { world, sizes, say } = bench
			say('group-receive')
			const writers = await world.people(MEMBERS, { listens: false })
			const sides = await withEach(contenders, async (contender) => {
				const account = await linkedAccount(bench, contender, { listens: false })
				const to = await world.group(account, writers)
				const series = { to, writers }
				// The first messages bring everybody's sender key.
				await measureReceiving(bench, contender, account, { ...series, count: 3 * MEMBERS })
				const count = sizes.group.received
				return measureReceiving(bench, contender, account, { ...series, count })
			})
			const perSecond = { of: 'ratio', atLeast: 5 } as const
			return [{ title: `${MEMBERS} members`, figures: seriesFigures(sides, { perSecond }) }]
		}),
}
