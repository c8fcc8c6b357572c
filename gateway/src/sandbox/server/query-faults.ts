import type { BinaryNode } from '../wire/node.ts'
import type { ActiveFault } from './active-fault.ts'
import { Limited } from './limited.ts'
import type { Account, Party } from './model.ts'

/** What is wrong with an answer about a person: no devices in it, or nothing about that person at all. */
export type MissingFact = 'devices' | 'person'

type AskedAbout = { asker: Party; person: Account | undefined; asksDevices: boolean }
type Asked = { sender: Party; xmlns: string | undefined }

/** The queries of an account's linked devices; with `xmlns` only those of that namespace. */
export type WhichQueries = { account: string; xmlns?: string | undefined }

const concern =
	(which: WhichQueries) =>
	({ sender: { account, device }, xmlns }: Asked) =>
		account.phone === which.account &&
		device.id !== 0 &&
		(which.xmlns === undefined || which.xmlns === xmlns)

/** Faults of the queries of linked devices. */
export class QueryFaults {
	#silences: { concerns: (asked: Asked) => boolean; until: number; which: WhichQueries }[] = []
	readonly #limits = new Limited<Asked, true>()
	readonly #conflicts = new Limited<Party, true>()
	readonly #retired = new Set<string>()
	readonly #missing = new Limited<AskedAbout, MissingFact>()

	/** Leaves queries without an answer for some time. @returns ends it before */
	silence(which: WhichQueries, milliseconds: number): () => void {
		const silence = { concerns: concern(which), until: Date.now() + milliseconds, which }
		this.#silences.push(silence)
		return () => void (silence.until = 0)
	}

	/** Refuses the next queries. */
	limitRate(which: WhichQueries, times: number): void {
		this.#limits.add(concern(which), true, times, { type: 'rate_limit', ...which })
	}

	/** Forgets a query of GraphQL, as WhatsApp does with those of old versions. @param id its number */
	retire(id: string): void {
		this.#retired.add(id)
	}

	isRetired(id: string): boolean {
		return this.#retired.has(id)
	}

	/** Refuses the next changes of app state by linked devices of an account, as if another device had been faster. */
	refuseChanges(account: string, times: number): void {
		const isMeant = (by: Party) => by.account.phone === account && by.device.id !== 0
		this.#conflicts.add(isMeant, true, times, { type: 'conflict', account })
	}

	/** Leaves something out of the next answers to linked devices about a person. */
	leaveOut(what: MissingFact, person: Account, times: number): void {
		this.#missing.add(
			(asked) =>
				asked.asker.device.id !== 0 &&
				asked.person === person &&
				(what === 'person' || asked.asksDevices),
			what,
			times,
			{ type: what === 'devices' ? 'no_devices' : 'leave_out', account: person.phone },
		)
	}

	list(): ActiveFault[] {
		const silent = this.#silences
			.filter(({ until }) => Date.now() < until)
			.map(({ which, until }) => ({ type: 'silence', ...which, until }))
		const limited = [this.#limits, this.#conflicts, this.#missing].flatMap((each) => each.list())
		return [...silent, ...limited]
	}

	end(isMeant: (fault: ActiveFault) => boolean): void {
		this.#silences = this.#silences.filter(({ which }) => !isMeant({ type: 'silence', ...which }))
		for (const each of [this.#limits, this.#conflicts, this.#missing]) each.end(isMeant)
	}

	isSilent(sender: Party, { attrs: { xmlns } }: BinaryNode): boolean {
		this.#silences = this.#silences.filter(({ until }) => Date.now() < until)
		return this.#silences.some(({ concerns }) => concerns({ sender, xmlns }))
	}

	/** Whether this query is one too many. */
	isOverLimit(sender: Party, { attrs: { xmlns } }: BinaryNode): boolean {
		return this.#limits.take({ sender, xmlns }) ?? false
	}

	/** Whether this change of app state is to be refused. */
	isConflict(by: Party): boolean {
		return this.#conflicts.take(by) ?? false
	}

	/** What this answer about a person leaves out, if anything. */
	missingFrom(asked: AskedAbout): MissingFact | undefined {
		return this.#missing.take(asked)
	}
}
