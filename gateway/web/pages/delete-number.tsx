import { useState } from 'preact/hooks'
import { ask } from '../data/api.ts'
import type { SessionView } from '../data/console-state.ts'
import { store } from '../data/console.ts'
import { goTo } from '../data/location.ts'
import { useStore } from '../data/store.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Field } from '../parts/field.tsx'

type DeleteProps = { session: SessionView; close: () => void }

/** Asks for the id of a number before it is deleted. */
export function DeleteNumber({ session, close }: DeleteProps) {
	const waiting = useWaiting(session.id)
	const [typed, setTyped] = useState('')
	async function remove() {
		await ask('DELETE', `/sessions/${encodeURIComponent(session.id)}`)
		goTo('/')
	}
	return (
		<Confirm
			title={`Delete ${session.name}?`}
			keep="Keep it"
			go="Delete for good"
			isReady={typed === session.id}
			act={remove}
			close={close}
		>
			<p>
				The number, its webhooks and {waiting} waiting events are gone for good. Type{' '}
				<strong>{session.id}</strong> to go on.
			</p>
			<Field label="Id of the number">
				{(attributes) => (
					<input
						{...attributes}
						value={typed}
						autocomplete="off"
						onInput={({ currentTarget }) => setTyped(currentTarget.value)}
					/>
				)}
			</Field>
		</Confirm>
	)
}

/** How many events wait for the webhooks of a number. */
function useWaiting(id: string): number {
	const { webhooks } = useStore(store)
	const own = webhooks.filter(({ session }) => session === id)
	return own.reduce((sum, { delivery }) => sum + (delivery?.pending ?? 0), 0)
}
