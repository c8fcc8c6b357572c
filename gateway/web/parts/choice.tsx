import type { SessionView } from '../data/console-state.ts'
import type { FieldAttributes } from './field.tsx'

type ChoiceProps = {
	attributes: FieldAttributes
	options: { value: string; label: string }[]
	value: string
	onChoose(value: string): void
	/** What is shown for a value that is no longer among the options. */
	gone?: string
}

/** Numbers to choose from. */
export const numberOptions = (sessions: SessionView[]) =>
	sessions.map(({ id, name }) => ({ value: id, label: name }))

/**
 * A select whose options come and go. What was chosen stays chosen: a browser would choose another one, and something
 * would be done to the wrong number.
 * @example
 * <Choice attributes={attributes} options={numberOptions(sessions)} value={session} onChoose={setSession} />
 */
export function Choice({ attributes, options, value, onChoose, gone }: ChoiceProps) {
	const isThere = options.some((option) => option.value === value)
	const missing = { value, label: gone ?? `${value} (no longer there)` }
	const all = isThere || value === '' ? options : [missing, ...options]
	return (
		<select
			{...attributes}
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
