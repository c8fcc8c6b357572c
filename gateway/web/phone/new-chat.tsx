import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { openChat } from './place.ts'
import type { PhoneState } from './state.ts'

type Props = { state: PhoneState; close: () => void }

/** Chooses whom to write to. */
export function NewChat({ state: { person = '', people }, close }: Props) {
	const others = Object.values(people).filter(({ phone }) => phone !== person)
	return (
		<Dialog title="New chat" onClose={close}>
			{!others.length && <p>Nobody else is here. Add a person first.</p>}
			<ul class="choices">
				{others.map(({ phone, name, avatar, sessions }, place) => (
					<li key={phone}>
						<button
							type="button"
							class="choice"
							autofocus={place === 0}
							onClick={() => {
								close()
								openChat(person, `${phone}@s.whatsapp.net`)
							}}
						>
							<Avatar name={name} picture={avatar} />
							<span>
								<strong>{name}</strong>
								<span class="quiet">
									{' '}
									+{phone}
									{sessions.length ? `, linked to ${sessions.join(', ')}` : ''}
								</span>
							</span>
						</button>
					</li>
				))}
			</ul>
			<Button onClick={close}>Cancel</Button>
		</Dialog>
	)
}
