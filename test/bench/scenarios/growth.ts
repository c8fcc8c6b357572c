import type { Contender } from '../contenders/contender.ts'
import type { Measurement } from '../measure/measure.ts'
import { linkedAccount, makeThemAnswer } from './accounts.ts'
import {
	figure,
	measureSends,
	withContenders,
	withEach,
	type Bench,
	type Scenario,
} from './scenario.ts'

const PEOPLE = 10
const AT_ONCE = 16

type Grown = { early: Measurement; late: Measurement; reached: number }

export const growth: Scenario = {
	name: 'growth',
	about: 'What a message costs when many have been sent from the same session',
	run: (bench) =>
		withContenders(bench, async (contenders) => {
			const { world, sizes, say } = bench
			const people = await world.people(PEOPLE, { listens: false })
			const accounts = await withEach(contenders, async (contender) => {
				const account = await linkedAccount(bench, contender)
				await measureSends(bench, contender, account, { to: people, count: PEOPLE })
				await makeThemAnswer(bench, contender, account, people)
				return account
			})
			say('growth: people')
			const rows = [
				await rowOf(bench, contenders, `texts to ${PEOPLE} people`, (contender, count) =>
					measureSends(bench, contender, accounts[contender.name]!, {
						to: people,
						count,
						parallel: AT_ONCE,
					}),
				),
			]
			if (!sizes.growth.inGroups) return rows
			say('growth: a group')
			const groups = await withEach(contenders, ({ name }) => world.group(accounts[name]!, people))
			rows.push(
				await rowOf(bench, contenders, `texts to a group of ${PEOPLE}`, (contender, count) => {
					const { name } = contender
					return measureSends(bench, contender, accounts[name]!, { to: [groups[name]!], count })
				}),
			)
			return rows
		}),
}

/** Measures a window of messages at the early mark and one at the late mark. */
async function rowOf(
	{ sizes }: Bench,
	contenders: Contender[],
	title: string,
	send: (contender: Contender, count: number) => Promise<Measurement>,
) {
	const { window, early, late } = sizes.growth
	const sides = await withEach(contenders, async (contender): Promise<Grown> => {
		const lead = early > window ? (await send(contender, early - window)).messages : 0
		const first = await send(contender, window)
		const between = (await send(contender, late - early - window)).messages
		const last = await send(contender, window)
		const reached = lead + first.messages + between + last.messages
		return { early: first, late: last, reached }
	})
	const marks = { early: `CPU ms at ${early}`, late: `CPU ms at ${late}` }
	const cut = (['raw', 'gateway'] as const).filter((name) => sides[name]!.reached < late)
	const note = cut.map((name) => `${name} was stopped at ${sides[name]!.reached} by the time limit`)
	return {
		title,
		figures: [
			figure(marks.early, sides, (side) => side.early.cpuMs),
			figure(marks.late, sides, (side) => side.late.cpuMs),
			figure('late / early', sides, (side) => side.late.cpuMs / side.early.cpuMs, {
				of: 'gateway',
				atMost: 1.1,
			}),
		],
		...(note.length > 0 && { note: note.join('; ') }),
	}
}
