import { useState } from 'preact/hooks'
import { ask } from '../data/api.ts'
import type { SessionView } from '../data/console-state.ts'
import { store } from '../data/console.ts'
import { useStore } from '../data/store.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { useAction } from '../parts/use-action.ts'

type DeleteProps = { session: SessionView; close: () => void }

/** Asks for the id of a number before it is deleted. */
export function DeleteNumber({ session, close }: DeleteProps) {
	const waiting = useWaiting(session.id)
	const [typed, setTyped] = useState('')
	const remove = useAction(async () => {
		await ask('DELETE', `/sessions/${encodeURIComponent(session.id)}`)
		close()
	})
	return (
		<Dialog title={`Delete ${session.name}?`} onClose={close}>
			<p>
				The number, its webhooks and {waiting} waiting events are gone for good. Type{' '}
				<strong>{session.id}</strong> to go on.
			</p>
			<Field label="Id of the number" error={remove.problem?.message}>
				{(attributes) => (
					<input
						{...attributes}
						value={typed}
						autocomplete="off"
						onInput={({ currentTarget }) => setTyped(currentTarget.value)}
					/>
				)}
			</Field>
			<div class="row">
				<Button autofocus onClick={close}>
					Keep it
				</Button>
				<Button
					sends
					kind="danger"
					disabled={typed !== session.id || remove.isBusy}
					onClick={remove.run}
				>
					Delete for good
				</Button>
			</div>
		</Dialog>
	)
}

/** How many events wait for the webhooks of a number. */
function useWaiting(id: string): number {
	const { webhooks } = useStore(store)
	const own = webhooks.filter(({ session }) => session === id)
	return own.reduce((sum, { delivery }) => sum + (delivery?.pending ?? 0), 0)
}
