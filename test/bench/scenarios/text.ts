import { type Goal } from '../report/rows.ts'
import { linkedAccount, makeThemAnswer } from './accounts.ts'
import { measureSends, seriesFigures, withContenders, withEach, type Scenario } from './scenario.ts'

/** Who sends to how many people at once, and what we want of it. */
const cases: { many: boolean; parallel: number; perSecond?: Goal }[] = [
	{ many: false, parallel: 1 },
	{ many: false, parallel: 16, perSecond: { of: 'ratio', atLeast: 1 } },
	{ many: true, parallel: 1 },
	{ many: true, parallel: 16, perSecond: { of: 'ratio', atLeast: 1 } },
]
const CPU_GOAL: Goal = { of: 'ratio', atMost: 1.1 }

export const text: Scenario = {
	name: 'text',
	about: 'Texts to people; latency is from asking to the acknowledgement of the server',
	run: (bench) =>
		withContenders(bench, async (contenders) => {
			const { world, sizes, say } = bench
			const people = await world.people(sizes.people)
			const accounts = await withEach(contenders, (each) => linkedAccount(bench, each))
			const accountOf = ({ name }: { name: 'raw' | 'gateway' }) => accounts[name]!

			say('text: first contact')
			const first = await withEach(contenders, async (contender) => {
				const account = accountOf(contender)
				const series = { to: people, count: people.length }
				const measured = await measureSends(bench, contender, account, series)
				await makeThemAnswer(bench, contender, account, people)
				await measureSends(bench, contender, account, { to: people, count: sizes.warmUp })
				return measured
			})
			const rows = [{ title: `first to each of ${people.length}`, figures: seriesFigures(first) }]
			for (const { many, parallel, perSecond } of cases) {
				const to = many ? people : people.slice(0, 1)
				const title = `to ${to.length}, ${parallel} at a time`
				say(`text: ${title}`)
				const series = { to, count: sizes.texts, parallel }
				const sides = await withEach(contenders, (contender) =>
					measureSends(bench, contender, accountOf(contender), series),
				)
				const goals = { cpuMs: CPU_GOAL, ...(perSecond && { perSecond }) }
				rows.push({ title, figures: seriesFigures(sides, goals) })
			}
			for (const person of people) await world.received(person)
			return rows
		}),
}
