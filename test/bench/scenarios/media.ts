import type { Contender } from '../contenders/contender.ts'
import type { FileKind } from '../measure/files.ts'
import type { Row } from '../report/rows.ts'
import { linkedAccount, makeThemAnswer } from './accounts.ts'
import {
	measureSends,
	seriesFigures,
	withContenders,
	withEach,
	type Bench,
	type Scenario,
} from './scenario.ts'

const SIZES = [
	{ size: 'small', name: '100 KB', bytes: 100_000 },
	{ size: 'big', name: '1 MB', bytes: 1_000_000 },
] as const
const AT_ONCE = 8
const WARM_UP = 3

export const media: Scenario = {
	name: 'media',
	about:
		'Files from memory to a person; latency is from asking to the acknowledgement of the server',
	run: (bench) =>
		withContenders(bench, async (contenders) => [
			...(await sendFiles(bench, contenders, 'document')),
			...(await sendFiles(bench, contenders, 'image')),
		]),
}

async function sendFiles(bench: Bench, contenders: Contender[], kind: FileKind) {
	const { world, sizes, say } = bench
	const able: Contender[] = []
	for (const each of contenders) if (await sends(each, kind)) able.push(each)
	const without = contenders.find((each) => !able.includes(each))
	const note = without && `${without.name} not measured: it cannot send it yet`

	// Who listens gets the files, opens them and checks them; the others shall not set the rate.
	const [reader] = await world.people(1)
	const [taker] = await world.people(1, { listens: false })
	const accounts = await withEach(able, async (contender) => {
		const account = await linkedAccount(bench, contender, { listens: false })
		for (const { bytes } of SIZES) {
			const file = { kind, bytes }
			const series = { to: [reader!, taker!], count: 2 * WARM_UP, file }
			await measureSends(bench, contender, account, series)
		}
		await makeThemAnswer(bench, contender, account, [taker!])
		return account
	})
	await world.received(reader!)

	const rows: Omit<Row, 'scenario'>[] = []
	for (const { size, name, bytes } of SIZES)
		for (const parallel of [1, AT_ONCE]) {
			const title = `${kind}, ${name}, ${parallel} at a time`
			say(`media: ${title}`)
			const series = { to: [taker!], count: sizes.media[size], parallel, file: { kind, bytes } }
			const sides = await withEach(able, (contender) =>
				measureSends(bench, contender, accounts[contender.name]!, series),
			)
			rows.push({ title, figures: seriesFigures(sides), ...(note && { note }) })
		}
	return rows
}

/** Raw Baileys can all that it can; a gateway says what it can. */
async function sends({ paths }: Contender, kind: FileKind): Promise<boolean> {
	return !paths || (await paths()).some((path) => path.endsWith(`/messages/${kind}`))
}
