import { ask } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { openChat } from './place.ts'
import { People } from './people.tsx'
import type { PhoneState } from './state.ts'

type Props = { state: PhoneState; close: () => void }

/** Makes a group of people, or a channel that they follow. */
export function NewGroup({ state, close }: Props) {
	const { person = '' } = state
	async function make(form: FormData) {
		const [name, people] = [form.get('name'), form.getAll('people')]
		const isChannel = form.get('kind') === 'channel'
		const said = isChannel
			? { name, owner: person, followers: people }
			: { subject: name, owner: person, participants: people }
		const path = isChannel ? '/sandbox/channels' : '/sandbox/groups'
		const { id } = await ask<{ id: string }>('POST', path, said)
		close()
		openChat(person, id)
	}
	return (
		<Dialog title="New group or channel" onClose={close}>
			<Form submit="Make it" act={make} cancel={close}>
				{() => (
					<>
						<Field label="What">
							{(attributes) => (
								<select {...attributes} name="kind">
									<option value="group">A group: everybody writes</option>
									<option value="channel">A channel: I write, others follow</option>
								</select>
							)}
						</Field>
						<Field label="Name">
							{(attributes) => (
								<input {...attributes} name="name" required maxLength={100} autofocus />
							)}
						</Field>
						<People state={state} legend="Who is in it" />
					</>
				)}
			</Form>
		</Dialog>
	)
}
