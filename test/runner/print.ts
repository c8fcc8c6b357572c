import { styleText } from 'node:util'
import type { Outcome } from './messages.ts'
import type { Failure, FileResult } from './results.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** A line about a file that is over. */
export function printFile({ path, tests, ms, cpuMs, failures }: FileResult): void {
	const about = styleText('gray', `${tests} tests, ${seconds(ms)}, CPU ${seconds(cpuMs)}`)
	if (failures.length === 0) return say(`${styleText('green', '✔')} ${path} ${about}`)
	say(`${styleText('red', '✖')} ${path} ${about}`)
	for (const { title } of failures) say(`  ${styleText('red', '✖')} ${title}`)
}

/** A line in passing. */
export const printNote = (text: string): void => say(styleText('blue', `ℹ ${text}`))

/** Every failure in full. */
export function printFailures(failures: Failure[]): void {
	if (failures.length === 0) return
	say(`\n${styleText('red', '✖ failing tests:')}`)
	for (const { title, location, detail } of failures)
		say(`\n${location}\n${styleText('red', `✖ ${title}`)}\n  ${detail.replaceAll('\n', '\n  ')}`)
	say('')
}

/** Node's own summary lines, which readers and CI systems know. A failure beside the tests counts as a failed one. */
export function printSummary(files: FileResult[], failures: Failure[], ms: number): void {
	const ownFailures = failures.filter(({ isTest }) => !isTest).length
	const total = (of: (file: FileResult) => number): number =>
		files.reduce((sum, file) => sum + of(file), 0)
	const outcome = (name: Outcome): number => total(({ outcomes }) => outcomes[name])
	const lines: [string, number][] = [
		['tests', total(({ tests }) => tests) + ownFailures],
		['suites', total(({ suites }) => suites)],
		['pass', outcome('pass')],
		['fail', outcome('fail') + ownFailures],
		['cancelled', outcome('cancelled')],
		['skipped', outcome('skipped')],
		['todo', outcome('todo')],
		['duration_ms', ms],
		['cpu_ms', files.reduce((sum, file) => sum + file.cpuMs, 0)],
	]
	for (const [name, value] of lines) printNote(`${name} ${value}`)
}
