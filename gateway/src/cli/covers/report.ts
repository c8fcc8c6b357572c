import type { Dialect } from '../../http/dialects/dialect.ts'
import { coverageOf, eventsNotCovered } from './coverage.ts'
import type { Installation, Instance } from './installation.ts'

/** What of an installation the gateway covers, as lines for a terminal. */
export function coverageReport(
	url: string,
	{ system, version, instances, remarks }: Installation,
	dialect: Dialect,
): string {
	const { served, refused } = coverageOf(dialect)
	return [
		`${url} is ${system} ${version}, and takes the key.`,
		`Of its API, ${served.length} operations are served here as there. What is refused with 501 is listed at the end.`,
		...remarks,
		'',
		...(instances.length
			? instances.flatMap((instance) => linesOf(instance, dialect))
			: ['It has no sessions that this key may see.']),
		'',
		'Refused with 501:',
		...refused.map((operation) => `  ${operation}`),
	].join('\n')
}

function linesOf(instance: Instance, dialect: Dialect): string[] {
	const { name, state, phone, obstacle, webhooks, remarks } = instance
	const taken = obstacle
		? `Its login cannot be taken over: ${obstacle}.`
		: 'Its login can be taken over without a new scan.'
	return [
		`${name} (${state}${phone ? `, +${phone}` : ''})`,
		`  ${taken}`,
		...webhooks.map(
			({ url, events }) => `  Webhook to ${hostOf(url)}: ${coverOf(events, dialect)}`,
		),
		...remarks.map((remark) => `  ${remark}.`),
	]
}

function coverOf(events: string[], dialect: Dialect): string {
	const missing = eventsNotCovered(dialect, events)
	return missing.length ? `all events but ${missing.join(', ')}.` : 'all of its events are sent.'
}

/** The rest of it may hold a secret. */
const hostOf = (url: string) =>
	URL.canParse(url) ? new URL(url).host : 'an address that is no URL'
