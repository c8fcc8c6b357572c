import { z } from 'zod'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/units.ts'
import { withBounded } from '../../lib/with-bounded.ts'
import { hashOfToken, randomToken } from '../../lib/token.ts'
import type { Storage } from '../../storage/driver.ts'
import type { Caller } from '../api-keys/caller.ts'
import type { Keys } from '../api-keys/store.ts'

/** From its last use. */
const IDLE_MS = 12 * HOUR_MS
/** From the sign-in. */
export const TICKET_MAX_MS = 7 * DAY_MS
/** A use is written down when the last one is older: no request waits for the disk. */
const WRITE_USE_AFTER_MS = 15 * MINUTE_MS
/** Of a key; the oldest go first. Bounds the document. */
const MAX_TICKETS = 100

const ticketRecord = z.object({
	/** SHA-256 of the ticket, hex. It is 256 random bits. */
	hash: z.string(),
	/** The id of the key that signed in, and its fingerprint then: a rotated key ends its tickets. */
	key: z.string(),
	fingerprint: z.string(),
	/** Milliseconds since 1970. */
	created_at: z.number(),
	used_at: z.number(),
})

type TicketRecord = z.output<typeof ticketRecord>

/** Tickets: what the cookie of the pages holds instead of a key. */
export type Tickets = Awaited<ReturnType<typeof openTickets>>

/**
 * Opens the tickets. One ends 12 hours after its last use, 7 days after the sign-in, and with its key.
 * @example
 * const ticket = await tickets.issue(caller)
 * tickets.callerWith(ticket) // the same caller, until the ticket ends
 */
export async function openTickets(storage: Storage, keys: Keys, now: () => number = Date.now) {
	const document = await storage.document('tickets', () => [], z.array(ticketRecord))

	const isAlive = ({ created_at, used_at }: TicketRecord) =>
		now() < created_at + TICKET_MAX_MS && now() < used_at + IDLE_MS

	function find(ticket: string): TicketRecord | undefined {
		const wanted = hashOfToken(ticket)
		return document.data.find(({ hash }) => hash === wanted)
	}

	function noteUse({ hash, used_at }: TicketRecord) {
		if (now() < used_at + WRITE_USE_AFTER_MS) return
		const write = document.update((records) => {
			const record = records.find((candidate) => candidate.hash === hash)
			if (record) record.used_at = now()
		})
		// It is then noted with the next use.
		write.catch(() => {})
	}

	return {
		/** Makes a ticket of a key that was just checked. */
		async issue({ key }: Caller): Promise<string> {
			const ticket = randomToken()
			const fingerprint = keys.fingerprintOf(key)!
			await document.update((records) => {
				const alive = withBounded(records.filter(isAlive), (own) => own.key === key, MAX_TICKETS)
				const issued = {
					hash: hashOfToken(ticket),
					key,
					fingerprint,
					created_at: now(),
					used_at: now(),
				}
				records.splice(0, records.length, ...alive, issued)
			})
			return ticket
		},
		/** Whose ticket it is; undefined if it has ended, or its key has. */
		callerWith(ticket: string): Caller | undefined {
			const record = find(ticket)
			if (!record || !isAlive(record)) return undefined
			const caller = keys.callerOf(record.key, record.fingerprint)
			if (caller) noteUse(record)
			return caller
		},
		/** Whether a ticket has ended. To ask is no use of it: an open page does not keep itself signed in. */
		hasEnded(ticket: string): boolean {
			const record = find(ticket)
			return !record || !isAlive(record) || keys.fingerprintOf(record.key) !== record.fingerprint
		},
		/** Ends a ticket. */
		async end(ticket: string): Promise<void> {
			const ended = hashOfToken(ticket)
			await document.update((records) => {
				const index = records.findIndex(({ hash }) => hash === ended)
				if (index >= 0) records.splice(index, 1)
			})
		},
	}
}
