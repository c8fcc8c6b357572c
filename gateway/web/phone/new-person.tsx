import { ask } from '../data/api.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { useAction } from '../parts/use-action.ts'
import { openChat } from './place.ts'
import { askForPeople, store } from './store.ts'

/** Adds a person, and shows their phone. */
export function NewPerson({ close }: { close: () => void }) {
	const add = useAction(async (form: FormData) => {
		const said = { name: form.get('name'), phone: form.get('phone') }
		const { phone } = await ask<{ phone: string }>('POST', '/sandbox/phones', said)
		await askForPeople()
		close()
		openChat(phone)
	})
	return (
		<Dialog title="New person" onClose={close}>
			<form
				class="stack"
				onSubmit={(event) => {
					event.preventDefault()
					void add.run(new FormData(event.currentTarget))
				}}
			>
				<Field label="Name">
					{(attributes) => <input {...attributes} name="name" required maxLength={100} autofocus />}
				</Field>
				<Field
					label="Phone number"
					hint="With country code. It exists here only: nobody is called."
					error={add.problem?.message}
				>
					{(attributes) => (
						<input {...attributes} name="phone" type="tel" required value={freeNumber()} />
					)}
				</Field>
				<div class="row">
					<Button kind="main" type="submit" disabled={add.isBusy}>
						Add
					</Button>
					<Button onClick={close}>Cancel</Button>
				</div>
			</form>
		</Dialog>
	)
}

/** The number after the highest one here. */
function freeNumber(): string {
	const numbers = Object.keys(store.get().people).map(Number)
	return `+${Math.max(491700000000, ...numbers) + 1}`
}
