import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type FieldProps = {
	label: string
	/** What a person may want to know before they fill it in. */
	hint?: ComponentChildren
	/** What is wrong with what they filled in. */
	error?: string | undefined
	/** The control, which gets these attributes. */
	children(attributes: FieldAttributes): ComponentChildren
}

export type FieldAttributes = {
	id: string
	'aria-describedby': string
	'aria-invalid': boolean
}

/**
 * A labelled control, with its hint and its error.
 * @example
 * <Field label="Name" error={problem?.message}>
 *   {(attributes) => <input {...attributes} name="name" />}
 * </Field>
 */
export function Field({ label, hint, error, children }: FieldProps) {
	const id = useId()
	const attributes = {
		id,
		'aria-describedby': `${id}-hint ${id}-error`,
		'aria-invalid': error !== undefined,
	}
	return (
		<div class="field">
			<label for={id}>{label}</label>
			{children(attributes)}
			{hint && (
				<span id={`${id}-hint`} class="quiet">
					{hint}
				</span>
			)}
			<span id={`${id}-error`} class="error" role="alert">
				{error}
			</span>
		</div>
	)
}
