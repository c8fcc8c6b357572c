import type { Contender } from '../contenders/contender.ts'
import type { Measurement } from '../measure/measure.ts'
import type { Row } from '../report/rows.ts'
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
	const send = (count: number) =>
		withEach(contenders, (contender) => {
			const { account, group } = chats[contender.name]!
			return measureSends(bench, contender, account, { to: [group], count })
		})

	say(`group-send: ${size} members, at the start`)
	const first = await send(1)
	const start = await send(window)
	const rows: Omit<Row, 'scenario'>[] = [
		{ title: `${size} members, the first one`, figures: [figure('p50 ms', first, (s) => s.p50)] },
		{
			title: `${size} members, at the start`,
			figures: seriesFigures(start, { perSecond: { of: 'ratio', atLeast: 5 } }),
		},
	]
	if (grown.includes(size)) {
		say(`group-send: ${size} members, ${grownTo} sends`)
		const between = await send(grownTo - window - 1)
		rows.push(...grownRows(size, start, await send(window), between, grownTo))
	}
	await world.received(reader!)
	return rows
}

function grownRows(
	size: number,
	start: Sides<Measurement>,
	later: Sides<Measurement>,
	between: Sides<Measurement>,
	grownTo: number,
): Omit<Row, 'scenario'>[] {
	const reached = (side: 'raw' | 'gateway') => 1 + start[side]!.messages + between[side]!.messages
	const missed = (['raw', 'gateway'] as const).filter((side) => reached(side) < grownTo)
	const note = missed.map((side) => `${side} was stopped at ${reached(side)} by the time limit`)
	const growth = (side: 'raw' | 'gateway') => later[side]!.cpuMs / start[side]!.cpuMs
	return [
		{
			title: `${size} members, after ${grownTo} sends`,
			figures: seriesFigures(later, { perSecond: { of: 'ratio', atLeast: 20 } }),
			...(note.length > 0 && { note: note.join('; ') }),
		},
		{
			title: `${size} members, growth`,
			figures: [
				{
					name: 'CPU after / at the start',
					raw: growth('raw'),
					gateway: growth('gateway'),
					goal: { of: 'gateway', atMost: 1.1 },
				},
			],
		},
	]
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
