import { useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import { linkTo } from '../../data/location.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { H1 } from '../../parts/h1.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Secret } from '../../parts/secret.tsx'
import { useAction } from '../../parts/use-action.ts'
import type { PageProps } from '../index.ts'
import { settingsOf, WebhookFields } from './webhook-fields.tsx'

type Made = { id: string; session: string; secret: string }

/** Adds a webhook to a number. */
export function NewWebhook({ state: { sessions } }: PageProps) {
	const [made, setMade] = useState<Made>()
	const create = useAction(async (form: FormData) => {
		const session = String(form.get('session'))
		const path = `/sessions/${encodeURIComponent(session)}/webhooks`
		setMade({ session, ...(await ask<Omit<Made, 'session'>>('POST', path, settingsOf(form))) })
	})
	if (made)
		return (
			<div class="stack">
				<H1>Add a webhook</H1>
				<Secret what="Its deliveries are signed with this secret" text={made.secret} />
				<a {...linkTo(`/webhooks/${made.session}/${made.id}`)}>Open it</a>
			</div>
		)
	return (
		<form
			class="stack"
			onSubmit={(event) => {
				event.preventDefault()
				void create.run(new FormData(event.currentTarget))
			}}
		>
			<H1>Add a webhook</H1>
			<Field label="Number">
				{(attributes) => (
					<select {...attributes} name="session">
						{sessions.map(({ id, name }) => (
							<option key={id} value={id}>
								{name}
							</option>
						))}
					</select>
				)}
			</Field>
			<WebhookFields problem={create.problem} />
			{create.problem && !create.problem.field && (
				<Notice kind="bad">{create.problem.message}</Notice>
			)}
			<div class="row">
				<Button kind="main" type="submit" disabled={create.isBusy}>
					Add
				</Button>
			</div>
		</form>
	)
}
