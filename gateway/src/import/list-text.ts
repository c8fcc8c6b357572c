import { sessionIdOf } from '../http/dialects/evolution/instance-ids.ts'
import type { FoundSession, ImportSource } from './found-session.ts'

/** Sessions that were found, for people: what each is, what comes along and what does not. */
export function listText(
	{ title, notes, keys }: Pick<ImportSource, 'title' | 'notes' | 'keys'>,
	sessions: readonly FoundSession[],
): string {
	const count = `${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'}`
	const ofServer = keys.length ? [`API keys for all sessions: ${keys.length}`] : []
	return [`${title}: ${count}`, ...sessions.map(sessionText), ...ofServer, ...notes].join('\n\n')
}

function sessionText(session: FoundSession): string {
	const { name, account, login, carries, leaves, warnings, refusal } = session
	const isTaken = refusal === undefined
	const rows: [label: string, text: string][] = [
		['account', account ? `${account}, linked` : 'not linked'],
		['login', login],
		...(isTaken ? [] : [['not taken', refusal] as [string, string]]),
		...(isTaken ? [['becomes', becomes(name)] as [string, string]] : []),
		...all('carries over', isTaken ? carries : []),
		...all('stays behind', isTaken ? leaves : []),
		...all('mind', warnings),
	]
	const width = Math.max(...rows.map(([label]) => label.length)) + 2
	return [name, ...rows.map(([label, text]) => `  ${label.padEnd(width)}${text}`)].join('\n')
}

/** A line for each text, the label beside the first. */
const all = (label: string, texts: readonly string[]) =>
	texts.map((text, index): [string, string] => [index === 0 ? label : '', text])

function becomes(name: string): string {
	const id = sessionIdOf(name)
	return id === name
		? `session ${id}`
		: `session ${id}, as an id has only letters, digits, - and _; its name stays ${JSON.stringify(name)}`
}
