import { useState } from 'preact/hooks'
import { ask } from '../data/api.ts'
import type { SessionView } from '../data/console-state.ts'
import { goTo, linkTo } from '../data/location.ts'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { H1 } from '../parts/h1.tsx'
import { Notice } from '../parts/notice.tsx'
import type { PageProps } from './index.ts'
import { Linking } from './linking/index.tsx'

/** Makes a number, or links one that is there: `/add/{session}`. */
export function AddNumber({ state, params: [id] }: PageProps) {
	const session = state.sessions.find((candidate) => candidate.id === id)
	if (id === undefined) return <NewNumber />
	return (
		<div class="stack">
			<H1>{session ? `Link ${session.name}` : 'Add a number'}</H1>
			{session ? <Linking session={session} state={state} /> : <Gone />}
		</div>
	)
}

function Gone() {
	return (
		<Notice kind="warn">
			There is no such number. <a {...linkTo('/add')}>Add a number</a>
		</Notice>
	)
}

function NewNumber() {
	const [name, setName] = useState('')
	const [givenId, setGivenId] = useState<string>()
	const id = givenId ?? idFrom(name)
	async function create() {
		const made = await ask<SessionView>('POST', '/sessions', { name, ...(id && { id }) })
		goTo(`/add/${encodeURIComponent(made.id)}`)
	}
	return (
		<div class="stack">
			<H1>Add a number</H1>
			<Form submit="Continue" act={create}>
				{(errorOf) => (
					<>
						<Field
							label="Name"
							hint="What you call it: the shop, the client"
							error={errorOf('name')}
						>
							{(attributes) => (
								<input
									{...attributes}
									value={name}
									required
									maxLength={100}
									onInput={({ currentTarget }) => setName(currentTarget.value)}
								/>
							)}
						</Field>
						<Field
							label="Id"
							hint="What programs call it; it cannot be changed later"
							error={errorOf('id')}
						>
							{(attributes) => (
								<input
									{...attributes}
									value={id}
									autocomplete="off"
									onInput={({ currentTarget }) => setGivenId(currentTarget.value)}
								/>
							)}
						</Field>
					</>
				)}
			</Form>
		</div>
	)
}

const LONGEST_ID = 64

/** `Salon Marie` becomes `salon-marie`. */
function idFrom(name: string): string {
	return name
		.normalize('NFD')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, LONGEST_ID)
		.replaceAll(/^-|-$/g, '')
}
