import { useEffect, useState } from 'preact/hooks'
import type { FormField, MessageForm } from '../../../codegen/web/forms.ts'
import { ask } from '../../data/api.ts'
import { Button } from '../../parts/button.tsx'
import { Choice, numberOptions } from '../../parts/choice.tsx'
import { Field } from '../../parts/field.tsx'
import { H1 } from '../../parts/h1.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useAction } from '../../parts/use-action.ts'
import { useNumber } from '../../parts/use-number.ts'
import type { PageProps } from '../index.ts'
import { bodyOf, type Values } from './body.ts'
import { Curl } from './curl.tsx'
import { KindField } from './kind-field.tsx'
import { Preview } from './preview.tsx'
import { SchemaForm } from './schema-form.tsx'
import { Sent } from './sent.tsx'

type SentMessage = { message_id: string; to: string }

/** Sends one message of any kind, to see what it looks like. */
export function TryIt({ state }: PageProps) {
	const forms = useForms()
	const open = state.sessions.filter(({ status }) => status === 'open')
	const [session, setSession] = useNumber(open[0]?.id)
	const isOpen = open.some(({ id }) => id === session)
	const [to, setTo] = useState('')
	const [type, setType] = useState('text')
	const [values, setValues] = useState<Values>({})
	const [sent, setSent] = useState<SentMessage>()
	const form = forms?.find((candidate) => candidate.type === type)
	const path = `/sessions/${encodeURIComponent(session)}/messages/${type}`
	const send = useAction(async () => {
		setSent(undefined)
		setSent(await ask<SentMessage>('POST', path, bodyOf(form!.fields, values, to)))
	})
	if (!forms || !form)
		return (
			<div class="stack">
				<H1>Try it</H1>
				<Loading />
			</div>
		)
	const errorOf = (field: string) =>
		send.problem?.field?.split('.')[0] === field ? send.problem.message : undefined
	const isElsewhere = (field: FormField) => errorOf(field.name) !== undefined
	const isTold = errorOf('to') !== undefined || form.fields.some(isElsewhere)
	return (
		<div class="stack">
			<H1>Try it</H1>
			{!state.me.sandbox && <Notice kind="warn">This goes to a real person.</Notice>}
			{open.length === 0 && <Notice kind="warn">No number is connected.</Notice>}
			<form
				class="stack"
				onSubmit={(event) => {
					event.preventDefault()
					void send.run()
				}}
			>
				<div class="filters">
					<Field label="Number">
						{(attributes) => (
							<Choice
								attributes={attributes}
								options={numberOptions(open)}
								value={session}
								onChoose={setSession}
								gone={`${session} (not connected)`}
							/>
						)}
					</Field>
					<Field label="To" hint="A phone number with country code" error={errorOf('to')}>
						{(attributes) => (
							<input
								{...attributes}
								value={to}
								required
								onInput={(event) => setTo(event.currentTarget.value)}
							/>
						)}
					</Field>
					<KindField forms={forms} type={type} onChoose={chooseType} />
				</div>
				<p class="quiet">{form.description}</p>
				<SchemaForm
					key={type}
					fields={form.fields}
					values={values}
					onChange={setValues}
					errorOf={errorOf}
				/>
				<Preview form={form} values={values} />
				{send.problem && !isTold && <Notice kind="bad">{send.problem.message}</Notice>}
				<div class="row">
					<Button kind="main" type="submit" disabled={send.isBusy || !isOpen || !state.isLive}>
						{send.isBusy ? 'Sending…' : 'Send'}
					</Button>
				</div>
			</form>
			{sent && <Sent messageId={sent.message_id} events={state.events} />}
			<Curl path={path} form={form} values={values} to={to} />
		</div>
	)

	function chooseType(next: string) {
		setType(next)
		setValues({})
		setSent(undefined)
	}
}

function useForms(): MessageForm[] | undefined {
	const [forms, setForms] = useState<MessageForm[]>()
	useEffect(() => {
		void fetch('/console/forms.json')
			.then((response) => response.json())
			.then(setForms)
	}, [])
	return forms
}
