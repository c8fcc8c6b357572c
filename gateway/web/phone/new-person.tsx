import { ask } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { openChat } from './place.ts'
import { askForPeople, store } from './store.ts'

/** Adds a person, and shows their phone. */
export function NewPerson({ close }: { close: () => void }) {
	async function add(form: FormData) {
		const said = { name: form.get('name'), phone: form.get('phone') }
		const { phone } = await ask<{ phone: string }>('POST', '/sandbox/phones', said)
		await askForPeople()
		close()
		openChat(phone)
	}
	return (
		<Dialog title="New person" onClose={close}>
			<Form submit="Add" act={add} cancel={close}>
				{(errorOf) => (
					<>
						<Field label="Name" error={errorOf('name')}>
							{(attributes) => (
								<input {...attributes} name="name" required maxLength={100} autofocus />
							)}
						</Field>
						<Field
							label="Phone number"
							hint="With country code. It exists here only: nobody is called."
							error={errorOf('phone')}
						>
							{(attributes) => (
								<input
									{...attributes}
									name="phone"
									type="tel"
									required
									defaultValue={freeNumber()}
								/>
							)}
						</Field>
					</>
				)}
			</Form>
		</Dialog>
	)
}

/** The number after the highest one here. */
function freeNumber(): string {
	const numbers = Object.keys(store.get().people).map(Number)
	return `+${Math.max(491700000000, ...numbers) + 1}`
}
