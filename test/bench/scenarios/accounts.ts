import type { Contender } from '../contenders/contender.ts'
import { datedText } from '../measure/texts.ts'
import type { Bench } from './scenario.ts'

const ANSWERS_WITHIN = 30_000

/** An account whose device is linked to the contender. @returns its number */
export async function linkedAccount(
	{ world }: Bench,
	contender: Contender,
	options?: { listens?: boolean },
): Promise<string> {
	const [account] = await world.people(1, options)
	await contender.link(account!)
	return account!
}

/**
 * People and the account's own phone write to the device: until they do, each message to them begins a
 * conversation anew and costs more.
 */
export async function makeThemAnswer(
	{ world }: Bench,
	contender: Contender,
	account: string,
	people: string[],
): Promise<void> {
	await contender.listen(account)
	await world.says(account, people[0]!, 'I am here as well')
	for (const person of people) await world.says(person, account, datedText())
	await hearsAll(contender, people.length, ANSWERS_WITHIN)
}

/** @throws when messages are missing: figures of a contender that loses some would mean nothing */
export async function hearsAll(
	contender: Contender,
	count: number,
	withinMs: number,
): Promise<number[]> {
	const ages = await contender.heard(count, withinMs)
	if (ages.length === count) return ages
	throw new Error(`${contender.name} heard ${ages.length} of ${count} messages`)
}
