import { useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import { Button } from '../../parts/button.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Field } from '../../parts/field.tsx'
import { useAction } from '../../parts/use-action.ts'

/** No id of a number. */
const ADMIN = '*'

type NewKeyProps = { sessions: SessionView[]; made(key: string): void }

/** Makes a key: for everything, or for one number. */
export function NewKey({ sessions, made }: NewKeyProps) {
	const [reach, setReach] = useState(sessions[0]?.id ?? ADMIN)
	const create = useAction(async (form: HTMLFormElement) => {
		const given = new FormData(form)
		const member = { role: 'member', sessions: [reach] }
		const body = { name: given.get('name'), ...(reach === ADMIN ? { role: 'admin' } : member) }
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
					<Choice
						attributes={attributes}
						options={[
							...sessions.map(({ id, name }) => ({ value: id, label: `${name} only` })),
							{ value: ADMIN, label: 'everything (admin)' },
						]}
						value={reach}
						onChoose={setReach}
					/>
				)}
			</Field>
			<Button kind="main" type="submit" disabled={create.isBusy}>
				New key
			</Button>
		</form>
	)
}
