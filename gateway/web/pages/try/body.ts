import type { FormField } from '../../../codegen/web/forms.ts'

/** What was filled in, by field: a text, a switch, or a file. */
export type Values = Record<string, string | boolean | File | undefined>

/** The body of a send: JSON, or a form if it has a file. Fields that are empty are left out. */
export function bodyOf(fields: FormField[], values: Values, to: string): object {
	const given = fieldsOf(fields, values)
	const hasFile = Object.values(given).some((value) => value instanceof File)
	if (!hasFile) return { to, ...given }
	const form = new FormData()
	form.set('to', to)
	for (const [name, value] of Object.entries(given))
		form.set(name, value instanceof File ? value : textOf(value))
	return form
}

const textOf = (value: unknown) =>
	typeof value === 'object' ? JSON.stringify(value) : String(value)

/** The fields that were filled in, each in the form that the API takes. */
export function fieldsOf(fields: FormField[], values: Values): Record<string, unknown> {
	const filled = fields.filter(({ name }) => values[name] !== undefined && values[name] !== '')
	return Object.fromEntries(filled.map((field) => [field.name, valueOf(field, values[field.name])]))
}

function valueOf({ kind, options }: FormField, value: Values[string]): unknown {
	if (typeof value !== 'string') return value
	switch (kind) {
		case 'number':
			return Number(value)
		case 'lines':
			return value.split('\n').filter((line) => line.trim())
		case 'choice':
			return options?.find((option) => String(option) === value)
		case 'file':
			return { url: value }
		case 'json':
			return parsed(value)
		default:
			return value
	}
}

/** What is no JSON goes as it is: the gateway says what it wants instead. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return text
	}
}
