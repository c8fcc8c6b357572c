import { useState } from 'preact/hooks'
import { ask } from '../../data/api.ts'
import { linkTo } from '../../data/location.ts'
import { Choice, numberOptions } from '../../parts/choice.tsx'
import { Field } from '../../parts/field.tsx'
import { Form } from '../../parts/form.tsx'
import { H1 } from '../../parts/h1.tsx'
import { Secret } from '../../parts/secret.tsx'
import { useNumber } from '../../parts/use-number.ts'
import type { PageProps } from '../index.ts'
import { settingsOf, webhookFields } from './webhook-fields.tsx'

type Made = { id: string; session: string; secret: string }

/** Adds a webhook to a number. */
export function NewWebhook({ state: { sessions } }: PageProps) {
	const [made, setMade] = useState<Made>()
	const [session, setSession] = useNumber(sessions[0]?.id)
	async function create(form: FormData) {
		const path = `/sessions/${encodeURIComponent(session)}/webhooks`
		setMade({ session, ...(await ask<Omit<Made, 'session'>>('POST', path, settingsOf(form))) })
	}
	if (made)
		return (
			<div class="stack">
				<H1>Add a webhook</H1>
				<Secret what="Its deliveries are signed with this secret" text={made.secret} />
				<a {...linkTo(`/webhooks/${made.session}/${made.id}`)}>Open it</a>
			</div>
		)
	return (
		<div class="stack">
			<H1>Add a webhook</H1>
			<Form submit="Add" act={create}>
				{(errorOf) => (
					<>
						<Field label="Number">
							{(attributes) => (
								<Choice
									attributes={attributes}
									options={numberOptions(sessions)}
									value={session}
									onChoose={setSession}
								/>
							)}
						</Field>
						{webhookFields(errorOf)}
					</>
				)}
			</Form>
		</div>
	)
}
