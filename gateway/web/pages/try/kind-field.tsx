import { useState } from 'preact/hooks'
import type { MessageForm } from '../../../codegen/web/forms.ts'
import { Field } from '../../parts/field.tsx'
import { findKinds } from './find-kinds.ts'

type KindProps = { forms: MessageForm[]; type: string; onChoose(type: string): void }

/** The kind of a message: a list, and a field that shortens it. Enter in that field chooses the first of the list. */
export function KindField({ forms, type, onChoose }: KindProps) {
	const [wanted, setWanted] = useState('')
	const found = findKinds(forms, wanted)
	// A list that does not have what is chosen would show something else.
	const listed = forms.filter((form) => found.includes(form) || form.type === type)
	function choose(next: string) {
		setWanted('')
		onChoose(next)
	}
	return (
		<>
			<Field label="Find a kind" hint={<Found count={found.length} first={found[0]} of={forms} />}>
				{(attributes) => (
					<input
						{...attributes}
						type="search"
						value={wanted}
						autocomplete="off"
						onInput={(event) => setWanted(event.currentTarget.value)}
						onKeyDown={(event) => {
							if (event.key !== 'Enter') return
							// It would send the message.
							event.preventDefault()
							if (wanted.trim() && found[0]) choose(found[0].type)
						}}
					/>
				)}
			</Field>
			<Field label="Kind">
				{(attributes) => (
					<select
						{...attributes}
						value={type}
						onChange={(event) => choose(event.currentTarget.value)}
					>
						{listed.map((form) => (
							<option key={form.type} value={form.type}>
								{form.title}
							</option>
						))}
					</select>
				)}
			</Field>
		</>
	)
}

type FoundProps = { count: number; first: MessageForm | undefined; of: MessageForm[] }

/** What Enter would choose. Screen readers say it while one types. */
function Found({ count, first, of }: FoundProps) {
	const isAll = count === of.length
	return (
		<span role="status">
			{isAll && `${count} kinds`}
			{!isAll && (first ? `Enter chooses ${first.title}, of ${count} found` : 'No kind is found')}
		</span>
	)
}
