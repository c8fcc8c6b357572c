import { useState } from 'preact/hooks'
import type { ChatView } from '../../src/sandbox/view/bubble.ts'
import { ask } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Notice } from '../parts/notice.tsx'
import { useAction } from '../parts/use-action.ts'
import { faultKinds } from './fault-kinds.ts'
import { bubblesIn, type PhoneState } from './state.ts'

type Props = { state: PhoneState; chat: ChatView | undefined; close: () => void }

/** Makes something go wrong, and says what a workflow will see of it. */
export function Faults({ state, chat, close }: Props) {
	const [account, setAccount] = useState(() => likely(state, chat))
	const cause = useAction(async (body: object) => {
		await ask('POST', '/sandbox/faults', body)
		close()
	})
	const last = bubblesIn(state, `${account}@s.whatsapp.net`).findLast(({ mine }) => mine)?.id
	return (
		<Dialog title="Make something go wrong" onClose={close}>
			<Field label="With" hint="The person whose connection or messages are concerned.">
				{(attributes) => (
					<select
						{...attributes}
						value={account}
						autofocus
						onChange={({ currentTarget }) => setAccount(currentTarget.value)}
					>
						{Object.values(state.people).map(({ phone, name, linked_devices: linked }) => (
							<option key={phone} value={phone}>
								{name}
								{linked ? ' (linked)' : ''}
							</option>
						))}
					</select>
				)}
			</Field>
			{cause.problem && <Notice kind="bad">{cause.problem.message}</Notice>}
			<ul class="stack">
				{faultKinds.map(({ name, sees, body }) => {
					const said = body(account, last)
					return (
						<li key={name} class="fault">
							<Button disabled={!said || cause.isBusy} onClick={() => cause.run(said!)}>
								{name}
							</Button>
							<p class="quiet">{said ? sees : 'Write something to this person first.'}</p>
						</li>
					)
				})}
			</ul>
			<Button onClick={close}>Close</Button>
		</Dialog>
	)
}

/** The linked person of the chat, or else anybody who is linked. */
function likely({ people, person = '' }: PhoneState, chat: ChatView | undefined): string {
	const number = chat?.id.split('@')[0] ?? ''
	const linked = Object.values(people).find(({ linked_devices: devices }) => devices > 0)
	return chat?.linked && people[number] ? number : (linked?.phone ?? person)
}
