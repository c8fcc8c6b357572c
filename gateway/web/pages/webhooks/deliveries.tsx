import { useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import { Button } from '../../parts/button.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Json } from '../../parts/json.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useAction } from '../../parts/use-action.ts'
import { DeliveryTable } from './delivery-table.tsx'
import { useDeliveries } from './use-deliveries.ts'

type DeliveriesProps = {
	/** Of the webhook. */
	path: string
	session: string
	state: 'pending' | 'dead'
	/** Changes when the list may have. */
	version: string
}

/** Which events to act on, as the API takes it. */
type Which = { event_ids: string[] } | { state: 'dead' }

const words = {
	pending: {
		none: 'Nothing waits.',
		giveUp: 'Give up',
		ask: 'Give these events up?',
		keep: 'Let them wait',
		result:
			'They are not delivered to this webhook; what follows in their chats is, in its order. The event log keeps them.',
	},
	dead: {
		none: 'Nothing was given up.',
		giveUp: 'Delete',
		ask: 'Delete these events?',
		keep: 'Keep them',
		result: 'They cannot be sent again from here.',
	},
}

/** Events that a webhook has not accepted: to look at, and to send again or give up, some or all. */
export function Deliveries({ path, session, state, version }: DeliveriesProps) {
	const { page, problem, refresh } = useDeliveries(path, state, version)
	const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
	const [asked, setAsked] = useState<Which>()
	const [looked, setLooked] = useState<unknown>()
	const look = useAction(async (seq: number) =>
		setLooked(await ask('GET', `/sessions/${session}/events/${seq}`)),
	)
	const act = async (method: string, to: string, which: Which) => {
		await ask(method, `${path}/${to}`, which)
		setMarked(new Set())
		await refresh()
	}
	const again = useAction((which: Which) => act('POST', 'replay', which))
	if (!page) return problem ? <Failed message={problem.message} retry={refresh} /> : <Loading />
	const { deliveries, total } = page
	const { none, giveUp, ask: title, keep, result } = words[state]
	// An open dialog stays, although the list may be empty meanwhile.
	const hasDialog = looked !== undefined || asked !== undefined
	if (deliveries.length === 0 && !hasDialog) return <p class="quiet">{none}</p>
	const event_ids = deliveries.map(({ event_id }) => event_id).filter((id) => marked.has(id))
	const wrong = problem ?? look.problem ?? again.problem
	return (
		<div class="stack">
			{state === 'dead' && (
				<div class="row">
					<Button
						sends
						kind="main"
						disabled={again.isBusy}
						onClick={() => void again.run({ state })}
					>
						Send all again
					</Button>
					<Button sends kind="danger" onClick={() => setAsked({ state })}>
						Delete all
					</Button>
				</div>
			)}
			<div class="row" role="group" aria-label="Selected events">
				<label class="check">
					<input
						type="checkbox"
						checked={event_ids.length === deliveries.length}
						indeterminate={event_ids.length > 0 && event_ids.length < deliveries.length}
						onChange={({ currentTarget: { checked } }) =>
							setMarked(new Set(checked ? deliveries.map(({ event_id }) => event_id) : []))
						}
					/>
					Select all
				</label>
				<Button
					sends
					disabled={event_ids.length === 0 || again.isBusy}
					onClick={() => void again.run({ event_ids })}
				>
					Send again
				</Button>
				<Button
					sends
					kind="danger"
					disabled={event_ids.length === 0}
					onClick={() => setAsked({ event_ids })}
				>
					{giveUp}
				</Button>
				<span class="quiet" role="status">
					{event_ids.length > 0 && `${event_ids.length} selected`}
				</span>
			</div>
			{wrong && <Notice kind="bad">{wrong.message}</Notice>}
			<DeliveryTable
				deliveries={deliveries}
				marked={marked}
				onMark={setMarked}
				onLook={(seq) => void look.run(seq)}
			/>
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
			{asked && (
				<Confirm
					title={title}
					keep={keep}
					go={giveUp}
					act={() => act('DELETE', 'deliveries', asked)}
					close={() => setAsked(undefined)}
				>
					<p>
						Events: {'state' in asked ? total : asked.event_ids.length}. {result}
					</p>
				</Confirm>
			)}
		</div>
	)
}

function Failed({ message, retry }: { message: string; retry(): void }) {
	return (
		<Notice kind="bad">
			{message} <Button onClick={retry}>Try again</Button>
		</Notice>
	)
}
