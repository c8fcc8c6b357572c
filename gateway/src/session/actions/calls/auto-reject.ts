import type { GatewayEvent } from '../../../events/index.ts'
import { createLru } from '../../../lib/lru.ts'
import { HOUR_MS } from '../../../lib/units.ts'
import type { SessionContext } from '../../session-context.ts'
import type { SessionSettings } from '../../session-settings.ts'
import { rejectCall } from './reject.ts'

export type AutoRejectOptions = Pick<SessionContext, 'connected' | 'log'> & {
	settings(): SessionSettings
	/** Sends a text. */
	say(to: string, text: string): Promise<unknown>
}

const CALLERS = 1_000

/**
 * Rejects calls if the settings of the session say so, and explains it to each caller at most once an hour.
 * @returns what is to be called with each event
 */
export function createAutoReject({ connected, settings, say, log }: AutoRejectOptions) {
	const told = createLru<string, number>(CALLERS)

	async function explain(to: string, text: string | undefined) {
		const last = told.get(to) ?? 0
		if (!text || Date.now() - last < HOUR_MS) return
		told.set(to, Date.now())
		await say(to, text)
	}

	return async function onEvent(event: GatewayEvent): Promise<void> {
		if (event.type !== 'call.received') return
		const { status, offline, group, call_id, sender } = event.data
		const { reject, groups, message } = settings().calls
		if (!reject || status !== 'offer' || offline || (group && !groups)) return
		try {
			await rejectCall(await connected(), { call_id, auto: true })
			if (!group) await explain(sender.id, message)
		} catch (err) {
			log.warn({ err, call: call_id }, 'call not rejected')
		}
	}
}
