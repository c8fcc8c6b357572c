import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { forwards } from './acts.ts'
import { chatList, type PhoneState } from './state.ts'

type ForwardProps = { id: string; state: PhoneState; close: () => void }

/** Chooses where a message is forwarded to. */
export function Forward({ id, state, close }: ForwardProps) {
	const known = chatList(state).filter((chat) => chat.may_write && chat.kind !== 'status')
	const people = Object.values(state.people)
		.filter(({ phone }) => phone !== state.person)
		.map(({ phone, name }) => ({ id: `${phone}@s.whatsapp.net`, name }))
	const others = people.filter((person) => !known.some((chat) => chat.id === person.id))
	return (
		<Dialog title="Forward to" onClose={close}>
			<ul class="choices">
				{[...known, ...others].map((chat, place) => (
					<li key={chat.id}>
						<button
							type="button"
							class="choice"
							autofocus={place === 0}
							onClick={() => {
								close()
								void forwards(id, chat.id)
							}}
						>
							{chat.name}
						</button>
					</li>
				))}
			</ul>
			<Button onClick={close}>Cancel</Button>
		</Dialog>
	)
}
