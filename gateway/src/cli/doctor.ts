import { servedDialects } from '../app.ts'
import type { Config } from '../config/settings.ts'
import { beforeStart } from '../doctor/before-start.ts'
import type { CheckState } from '../doctor/check.ts'
import { runChecks, type CheckResult } from '../doctor/run-checks.ts'
import { cipherOf, placeCipherOf } from './storage.ts'
import { print } from './terminal.ts'
import { whatsAppServer } from './whatsapp-server.ts'

const marks: Record<CheckState, string> = { fine: '✓', warning: '!', wrong: '✗', unknown: '?' }

/** SGR codes: green, yellow, red, grey. */
const colours: Record<CheckState, number> = { fine: 32, warning: 33, wrong: 31, unknown: 90 }

/**
 * `whatsapp-gateway doctor`: says in sentences what is wrong with a set-up, and changes nothing. With `--json` for programs.
 * @returns the exit code: 1 if something is wrong
 */
export async function doctor(argv: string[]): Promise<0 | 1> {
	const context = beforeStart({
		env: process.env,
		argv: argv.filter((word) => word !== '--json'),
		problemsOf: dialectProblems,
		whatsapp: whatsAppServer,
		cipher: cipherOf,
		placeCipher: placeCipherOf,
	})
	const results = await runChecks(context)
	const isOk = results.every(({ state }) => state !== 'wrong')
	print(
		argv.includes('--json')
			? JSON.stringify({ ok: isOk, checks: results.map(asJson) }, null, 2)
			: doctorText(results, process.stdout.isTTY && !process.env.NO_COLOR),
	)
	return isOk ? 0 : 1
}

/** What is wrong with DIALECTS. */
export function dialectProblems(config: Config): string[] {
	try {
		servedDialects(config)
		return []
	} catch (error) {
		return [(error as Error).message]
	}
}

const asJson = ({ name, state, sentence, advice }: CheckResult) => ({
	name,
	state,
	sentence,
	advice: advice ?? null,
})

/** A line for each result, with what to do below it. */
function doctorText(results: CheckResult[], isColoured: boolean): string {
	const width = Math.max(...results.map(({ title }) => title.length))
	const lines = results.flatMap(({ title, state, sentence, advice }) => {
		const mark = isColoured ? `\u001b[${colours[state]}m${marks[state]}\u001b[0m` : marks[state]
		const texts = [...sentence.split('\n'), ...(advice ? [advice] : [])]
		const indent = ' '.repeat(width + 4)
		const [first, ...rest] = texts
		return [`${mark} ${title.padEnd(width)}  ${first}`, ...rest.map((text) => indent + text)]
	})
	return [...lines, '', summaryOf(results)].join('\n')
}

function summaryOf(results: CheckResult[]): string {
	const count = (state: CheckState) => results.filter((result) => result.state === state).length
	const warnings = count('warning')
	const found = [
		[count('wrong'), 'wrong'],
		[warnings, warnings === 1 ? 'warning' : 'warnings'],
		[count('unknown'), 'not known'],
	] as const
	const named = found.filter(([number]) => number > 0).map((pair) => pair.join(' '))
	return named.length ? `${named.join(', ')}.` : 'Everything is fine.'
}
