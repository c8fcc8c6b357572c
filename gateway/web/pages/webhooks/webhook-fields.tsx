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

/** What was filled in. */
export function settingsOf(form: FormData) {
	const events = String(form.get('events')).split(',')
	return { url: form.get('url'), events: events.map((name) => name.trim()).filter(Boolean) }
}
