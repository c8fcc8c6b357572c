import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import { useAction } from '../../parts/use-action.ts'

/** An event that a webhook has not accepted. */
export type Delivery = {
	event_id: string
	seq: number
	type: string
	chat: string | null
	attempts: number
	why: string | null
	next_attempt_at: string | null
	given_up_at: string | null
}

type Page = { deliveries: Delivery[]; total: number }

/**
 * The first events that wait for a webhook, or were given up.
 * @param path of the webhook
 * @param version changes when the list may have
 */
export function useDeliveries(path: string, state: 'pending' | 'dead', version: string) {
	const [page, setPage] = useState<Page>()
	const load = useAction(async () =>
		setPage(await ask<Page>('GET', `${path}/deliveries?state=${state}`)),
	)
	useEffect(() => void load.run(), [path, state, version])
	return { page, problem: load.problem, refresh: load.run }
}
