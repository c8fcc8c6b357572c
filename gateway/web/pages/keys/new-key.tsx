import { ask } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useAction } from '../../parts/use-action.ts'

type NewKeyProps = { sessions: SessionView[]; made(key: string): void }

/** Makes a key: for everything, or for one number. */
export function NewKey({ sessions, made }: NewKeyProps) {
	const create = useAction(async (form: HTMLFormElement) => {
		const given = new FormData(form)
		const reach = String(given.get('reach'))
		const member = { role: 'member', sessions: [reach] }
		const body = { name: given.get('name'), ...(reach ? member : { role: 'admin' }) }
		made((await ask<{ key: string }>('POST', '/keys', body)).key)
		form.reset()
	})
	return (
		<form
			class="filters"
			onSubmit={(event) => {
				event.preventDefault()
				void create.run(event.currentTarget)
			}}
		>
			<Field label="Name" hint="What will use it: n8n, the shop" error={create.problem?.message}>
				{(attributes) => <input {...attributes} name="name" required maxLength={100} />}
			</Field>
			<Field label="For">
				{(attributes) => (
					<select {...attributes} name="reach">
						{sessions.map(({ id, name }) => (
							<option key={id} value={id}>
								{name} only
							</option>
						))}
						<option value="">everything (admin)</option>
					</select>
				)}
			</Field>
			<Button kind="main" type="submit" disabled={create.isBusy}>
				New key
			</Button>
		</form>
	)
}
