import type { ComponentChildren } from 'preact'
import type { ChatView } from '../../src/sandbox/view/bubble.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { does } from './acts.ts'
import type { PhoneState } from './state.ts'

type Props = { chat: ChatView; close: () => void }

type FormProps = {
	title: string
	close: () => void
	children: ComponentChildren
	send(form: FormData): unknown
}

function SendForm({ title, close, children, send }: FormProps) {
	// What was sent shows in the chat, and so does what goes wrong with it.
	async function act(form: FormData) {
		void send(form)
		close()
	}
	return (
		<Dialog title={title} onClose={close}>
			<Form submit="Send" act={act} cancel={close}>
				{() => children}
			</Form>
		</Dialog>
	)
}

export function PlaceForm({ chat, close }: Props) {
	const send = (form: FormData) => {
		const locationMessage = {
			degreesLatitude: Number(form.get('latitude')),
			degreesLongitude: Number(form.get('longitude')),
			name: form.get('name'),
		}
		return does('messages', { to: chat.id, message: { locationMessage } })
	}
	return (
		<SendForm title="Place" close={close} send={send}>
			<Field label="Name">
				{(attributes) => (
					<input {...attributes} name="name" defaultValue="Brandenburg Gate" autofocus />
				)}
			</Field>
			<Field label="Latitude">
				{(attributes) => (
					<input
						{...attributes}
						name="latitude"
						type="number"
						step="any"
						min={-90}
						max={90}
						defaultValue="52.5163"
						required
					/>
				)}
			</Field>
			<Field label="Longitude">
				{(attributes) => (
					<input
						{...attributes}
						name="longitude"
						type="number"
						step="any"
						min={-180}
						max={180}
						defaultValue="13.3777"
						required
					/>
				)}
			</Field>
		</SendForm>
	)
}

export function ContactForm({ state, chat, close }: Props & { state: PhoneState }) {
	const people = Object.values(state.people)
	const send = (form: FormData) => {
		const phone = String(form.get('phone'))
		const contacts = [{ name: state.people[phone]?.name ?? phone, phone: `+${phone}` }]
		return does('contact', { to: chat.id, contacts })
	}
	return (
		<SendForm title="Contact" close={close} send={send}>
			<Field label="Who">
				{(attributes) => (
					<select {...attributes} name="phone" autofocus>
						{people.map(({ phone, name }) => (
							<option key={phone} value={phone}>
								{name}
							</option>
						))}
					</select>
				)}
			</Field>
		</SendForm>
	)
}

export function PollForm({ chat, close }: Props) {
	const send = (form: FormData) => {
		const names = String(form.get('options'))
			.split('\n')
			.map((line) => line.trim())
		const pollCreationMessageV3 = {
			name: form.get('name'),
			options: [...new Set(names)].filter(Boolean).map((optionName) => ({ optionName })),
			selectableOptionsCount: form.has('many') ? 0 : 1,
		}
		return does('messages', { to: chat.id, message: { pollCreationMessageV3 } })
	}
	return (
		<SendForm title="Poll" close={close} send={send}>
			<Field label="Question">
				{(attributes) => <input {...attributes} name="name" required autofocus />}
			</Field>
			<Field label="Options" hint="One in a line, two at least.">
				{(attributes) => <textarea {...attributes} name="options" rows={4} required />}
			</Field>
			<label>
				<input type="checkbox" name="many" /> Several may be chosen
			</label>
		</SendForm>
	)
}
