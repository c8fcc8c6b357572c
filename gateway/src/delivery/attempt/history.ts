import { DAY_MS, HOUR_MS } from '../../lib/units.ts'
import type { Cursor } from '../../session/state/cursors.ts'
import type { Webhook } from '../registry/webhook.ts'
import type { Outcome } from './post.ts'

/** What is saved of a history, with the cursor of its webhook: a commit of its own for each attempt would be too dear. */
export type SavedHistory = Pick<Cursor, 'attempt' | 'deliveredAt'>

type Counts = { delivered: number; failed: number }
type History = SavedHistory & {
	/** Since when attempts are counted: Unix time in milliseconds. */
	since: number
	/** By the hour, counted from 1970. */
	hours: Map<number, Counts>
}

/** The last attempts of a webhook, as the API shows them. */
export type HistoryView = {
	last_delivered_at: string | null
	last_attempt: { at: string; status: number | null; why: string | null } | null
	last_24_hours: Counts & { since: string }
}

const HOURS_KEPT = DAY_MS / HOUR_MS
const hourOf = (time: number) => Math.floor(time / HOUR_MS)
const iso = (time: number) => new Date(time).toISOString()

/** Keeps the last attempt of each webhook, and counts its attempts of the last 24 hours. @param now Unix time in milliseconds */
export function createAttemptHistory(now: () => number) {
	const sessions = new Map<string, Map<string, History>>()

	function historyOf({ session, id }: Pick<Webhook, 'session' | 'id'>): History {
		const webhooks = sessions.get(session) ?? new Map<string, History>()
		sessions.set(session, webhooks)
		const history = webhooks.get(id) ?? { since: now(), hours: new Map() }
		webhooks.set(id, history)
		return history
	}

	/** The counts of this hour. Those of more than a day ago are dropped. */
	function thisHour({ hours }: History, hour: number): Counts {
		const known = hours.get(hour)
		if (known) return known
		for (const old of hours.keys()) if (old <= hour - HOURS_KEPT) hours.delete(old)
		const counts = { delivered: 0, failed: 0 }
		hours.set(hour, counts)
		return counts
	}

	return {
		/** Notes an attempt that has just ended. */
		note(webhook: Webhook, { status, why }: Outcome) {
			const history = historyOf(webhook)
			const at = now()
			const counts = thisHour(history, hourOf(at))
			history.attempt = { at, status, why }
			if (why !== null) return void counts.failed++
			history.deliveredAt = at
			counts.delivered++
		},
		/** Takes over what was saved before a restart, unless there is something newer. */
		restore(webhook: Pick<Webhook, 'session' | 'id'>, saved: SavedHistory) {
			const history = historyOf(webhook)
			history.attempt ??= saved.attempt
			history.deliveredAt ??= saved.deliveredAt
		},
		/** What is to be saved. */
		saved(webhook: Pick<Webhook, 'session' | 'id'>): SavedHistory {
			const { attempt, deliveredAt } = historyOf(webhook)
			return { ...(attempt && { attempt }), ...(deliveredAt && { deliveredAt }) }
		},
		view(webhook: Webhook): HistoryView {
			const history = historyOf(webhook)
			const { attempt, deliveredAt, since, hours } = history
			const oldest = hourOf(now()) - HOURS_KEPT + 1
			const counted = [...hours].filter(([hour]) => hour >= oldest).map(([, counts]) => counts)
			const sum = (which: keyof Counts) => counted.reduce((all, counts) => all + counts[which], 0)
			return {
				last_delivered_at: deliveredAt === undefined ? null : iso(deliveredAt),
				last_attempt: attempt ? { ...attempt, at: iso(attempt.at) } : null,
				last_24_hours: {
					delivered: sum('delivered'),
					failed: sum('failed'),
					since: iso(Math.max(since, oldest * HOUR_MS)),
				},
			}
		},
		/** Drops the histories of webhooks that are deleted. @param present the ids of the others */
		keepOnly(session: string, present: ReadonlySet<string>) {
			for (const id of sessions.get(session)?.keys() ?? [])
				if (!present.has(id)) sessions.get(session)!.delete(id)
		},
		/** Drops everything about a session. */
		forget: (session: string) => void sessions.delete(session),
	}
}

export type AttemptHistory = ReturnType<typeof createAttemptHistory>
