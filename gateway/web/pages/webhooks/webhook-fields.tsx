import { Problem } from '../../data/api.ts'
import { Field } from '../../parts/field.tsx'

type Settings = { url: string; events: string[] }

const NEW: Settings = { url: '', events: ['message.received'] }

/** The fields of a form: where a webhook goes and which events it gets. */
export function webhookFields(
	errorOf: (field: string) => string | undefined,
	{ url, events }: Settings = NEW,
) {
	return (
		<>
			<Field label="Goes to" hint="An address of yours, as https://…" error={errorOf('url')}>
				{(attributes) => (
					<input {...attributes} name="url" type="url" defaultValue={url} required />
				)}
			</Field>
			<Field
				label="Events"
				hint="Separated by commas: message.received, message.*, or * for all"
				error={errorOf('events')}
			>
				{(attributes) => (
					<input {...attributes} name="events" defaultValue={events.join(', ')} required />
				)}
			</Field>
		</>
	)
}

/** What was filled in. @throws Problem if no event is named: the gateway would take that for all of them */
export function settingsOf(form: FormData) {
	const names = String(form.get('events')).split(',')
	const events = names.map((name) => name.trim()).filter(Boolean)
	if (events.length === 0) throw new Problem(400, { field: 'events', detail: NO_EVENT })
	return { url: form.get('url'), events }
}

const NO_EVENT = 'Name at least one event, or * for all.'
