import type { FieldAttributes } from './field.tsx'

type ChoiceProps = {
	attributes: FieldAttributes
	/** Of its value in a form. */
	name?: string
	options: { value: string; label: string }[]
	value: string
	onChoose(value: string): void
	/** What is shown for a value that is no longer among the options. */
	gone?: string
}

/**
 * A select whose options come and go. What was chosen stays chosen: a browser would choose another one, and something
 * would be done to the wrong number.
 * @example
 * <Choice attributes={attributes} options={numbers} value={session} onChoose={setSession} />
 */
export function Choice({ attributes, name, options, value, onChoose, gone }: ChoiceProps) {
	const isThere = options.some((option) => option.value === value)
	const missing = { value, label: gone ?? `${value} (no longer there)` }
	const all = isThere || value === '' ? options : [missing, ...options]
	return (
		<select
			{...attributes}
			{...(name && { name })}
			value={value}
			onChange={({ currentTarget }) => onChoose(currentTarget.value)}
		>
			{all.map((option) => (
				<option key={option.value} value={option.value}>
					{option.label}
				</option>
			))}
		</select>
	)
}
