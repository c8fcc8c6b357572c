import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { does } from './acts.ts'
import { People } from './people.tsx'
import { openChat } from './place.ts'
import type { PhoneState } from './state.ts'

type Props = { state: PhoneState; close: () => void }

const STATUS = 'status@broadcast'

/** Posts a status. */
export function NewStatus({ state, close }: Props) {
	async function post(form: FormData) {
		const audience = form.getAll('people')
		const isDone = await does('messages', { to: STATUS, text: form.get('text'), audience })
		close()
		if (isDone) openChat(state.person!, STATUS)
	}
	return (
		<Dialog title="New status" onClose={close}>
			<Form submit="Post" act={post} cancel={close}>
				{() => (
					<>
						<Field label="Text">
							{(attributes) => <textarea {...attributes} name="text" required autofocus />}
						</Field>
						<People state={state} legend="Who sees it" />
					</>
				)}
			</Form>
		</Dialog>
	)
}
