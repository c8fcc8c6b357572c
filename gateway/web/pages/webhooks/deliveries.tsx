import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Json } from '../../parts/json.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useAction } from '../../parts/use-action.ts'

type Delivery = {
	event_id: string
	seq: number
	type: string
	chat: string | null
	attempts: number
	why: string | null
}

type DeliveriesProps = {
	/** Of the webhook. */
	path: string
	session: string
	state: 'pending' | 'dead'
	/** Changes when the list does. */
	count: number
}

/** Events that a webhook has not accepted, with their reason. */
export function Deliveries({ path, session, state, count }: DeliveriesProps) {
	const { deliveries, total, refresh } = useDeliveries(path, state, count)
	const [looked, setLooked] = useState<unknown>()
	const look = useAction(async (seq: number) =>
		setLooked(await ask('GET', `/sessions/${session}/events/${seq}`)),
	)
	const again = useAction(async (which: object) => {
		await ask('POST', `${path}/replay`, which)
		refresh()
	})
	const giveUp = useAction(async (which: object) => {
		await ask('DELETE', `${path}/deliveries`, which)
		refresh()
	})
	const problem = look.problem ?? again.problem ?? giveUp.problem
	if (deliveries.length === 0)
		return <p class="quiet">{state === 'dead' ? 'Nothing was given up.' : 'Nothing waits.'}</p>
	return (
		<div class="stack">
			{state === 'dead' && (
				<div class="row">
					<Button
						sends
						kind="main"
						disabled={again.isBusy}
						onClick={() => void again.run({ state: 'dead' })}
					>
						Send all again
					</Button>
					<Button
						sends
						kind="danger"
						disabled={giveUp.isBusy}
						onClick={() => void giveUp.run({ state: 'dead' })}
					>
						Delete all
					</Button>
				</div>
			)}
			{problem && <Notice kind="bad">{problem.message}</Notice>}
			<ul class="log card">
				{deliveries.map((delivery) => (
					<li key={delivery.event_id} class="head">
						<span>
							<code>{delivery.type}</code>
							<br />
							<span class="quiet">
								{delivery.why ?? 'Waits'}, {delivery.attempts} tries
								{delivery.chat && ` · ${delivery.chat}`}
							</span>
						</span>
						<span class="row">
							<Button sends onClick={() => void look.run(delivery.seq)}>
								Look
							</Button>
							<Button sends onClick={() => void again.run({ event_ids: [delivery.event_id] })}>
								Send again
							</Button>
						</span>
					</li>
				))}
			</ul>
			{total > deliveries.length && (
				<p class="quiet">
					The first {deliveries.length} of {total}.
				</p>
			)}
			{looked !== undefined && (
				<Dialog title="Event" onClose={() => setLooked(undefined)}>
					<Json value={looked} />
					<Button autofocus onClick={() => setLooked(undefined)}>
						Close
					</Button>
				</Dialog>
			)}
		</div>
	)
}

function useDeliveries(path: string, state: string, count: number) {
	const [shown, setShown] = useState<{ deliveries: Delivery[]; total: number }>({
		deliveries: [],
		total: 0,
	})
	const [asked, setAsked] = useState(0)
	useEffect(() => {
		ask<typeof shown>('GET', `${path}/deliveries?state=${state}`).then(setShown, () => {})
	}, [path, state, count, asked])
	return { ...shown, refresh: () => setAsked((times) => times + 1) }
}
