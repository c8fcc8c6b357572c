import type { ComponentChildren } from 'preact'
import type { FormField } from '../../../codegen/web/forms.ts'
import { Field, type FieldAttributes } from '../../parts/field.tsx'
import type { Values } from './body.ts'

type SchemaFormProps = {
	fields: FormField[]
	values: Values
	onChange(values: Values): void
	errorOf(name: string): string | undefined
}

/** A form of the fields of a message type: those that it needs, and the others behind _More_. */
export function SchemaForm({ fields, values, onChange, errorOf }: SchemaFormProps) {
	const shown = (field: FormField) => (
		<Field
			key={field.name}
			label={field.title}
			hint={field.description}
			error={errorOf(field.name)}
		>
			{(attributes) => (
				<Control
					field={field}
					attributes={attributes}
					value={values[field.name]}
					onChange={(value) => onChange({ ...values, [field.name]: value })}
				/>
			)}
		</Field>
	)
	const isMain = ({ required, kind }: FormField) => required || kind === 'file'
	const more = fields.filter((field) => !isMain(field))
	return (
		<>
			{fields.filter(isMain).map(shown)}
			{more.length > 0 && (
				<details>
					<summary>More</summary>
					<div class="stack">{more.map(shown)}</div>
				</details>
			)}
		</>
	)
}

type ControlProps = {
	field: FormField
	attributes: FieldAttributes
	value: Values[string]
	onChange(value: Values[string]): void
}

function Control({ field, attributes, value, onChange }: ControlProps): ComponentChildren {
	const { kind, required, example, options } = field
	const text = typeof value === 'string' ? value : ''
	const placeholder = example === undefined ? '' : shownExample(field)
	switch (kind) {
		case 'choice':
			return (
				<select
					{...attributes}
					value={text}
					onChange={(event) => onChange(event.currentTarget.value)}
				>
					<option value="">–</option>
					{options?.map((option) => (
						<option key={option}>{option}</option>
					))}
				</select>
			)
		case 'boolean':
			return (
				<input
					{...attributes}
					type="checkbox"
					checked={value === true}
					onChange={(event) => onChange(event.currentTarget.checked)}
				/>
			)
		case 'file':
			return (
				<input
					{...attributes}
					type="file"
					onChange={(event) => onChange(event.currentTarget.files?.[0])}
				/>
			)
		case 'long':
		case 'lines':
		case 'json':
			return (
				<textarea
					{...attributes}
					rows={kind === 'long' ? 4 : 3}
					value={text}
					placeholder={placeholder}
					required={required}
					onInput={(event) => onChange(event.currentTarget.value)}
				/>
			)
		default:
			return (
				<input
					{...attributes}
					inputMode={kind === 'number' ? 'decimal' : 'text'}
					value={text}
					placeholder={placeholder}
					required={required}
					onInput={(event) => onChange(event.currentTarget.value)}
				/>
			)
	}
}

function shownExample({ kind, example }: FormField): string {
	if (kind === 'lines' && Array.isArray(example)) return example.join('\n')
	return typeof example === 'object' ? JSON.stringify(example) : String(example)
}
