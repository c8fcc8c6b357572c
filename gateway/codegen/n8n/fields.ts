import { z } from '@hono/zod-openapi'
import { bareOf } from '../../src/http/request/unknown-fields.ts'
import type { NodeField, FieldShape, FieldShapes } from './field.ts'
import { pickers } from '../../src/messages/fields/pickers.ts'
import { choicesOf, isFile, partsOf, type SchemaPart } from './schema.ts'
import { description, titleCase, whether } from './text-case.ts'

/** What people see of some fields, and what becomes of it. */
export type NodeForm = { fields: NodeField[]; shapes: FieldShapes }

/** The n8n fields of one field of a message. `path` is its place in the request's body. */
export function formOf(part: SchemaPart, path: string): NodeForm {
	const { schema } = part
	if (isFile(schema)) return fileForm(part, path)
	if (schema instanceof z.ZodArray) {
		const element = schema.element as z.ZodType
		if (isFile(bareOf(element))) return fileList(part, path, element)
		return element instanceof z.ZodObject ? groups(part, path, element, true) : lines(part, path)
	}
	if (schema instanceof z.ZodObject) return groups(part, path, schema, false)
	return { fields: [single(part)], shapes: { [path]: shapeOf(part) } }
}

/** Several at once. */
export function formsOf(parts: SchemaPart[], path = ''): NodeForm {
	const forms = parts.map((part) => formOf(part, path ? `${path}.${part.name}` : part.name))
	return {
		fields: forms.flatMap(({ fields }) => fields),
		shapes: Object.assign({}, ...forms.map(({ shapes }) => shapes)),
	}
}

/** An expression may give a text for a number and the other way round: every field says what it takes. */
function shapeOf({ schema, required }: SchemaPart): FieldShape {
	if (isTime(schema)) return 'time'
	if (!isPlain(schema)) return 'json'
	if (isSwitch(schema)) return 'boolean'
	if (schema instanceof z.ZodNumber || choicesOf(schema)?.every(isNumber)) return 'number'
	const mayBeEmpty = required && schema instanceof z.ZodString && schema.safeParse('').success
	return mayBeEmpty ? 'text' : 'string'
}

const isNumber = (choice: string | number) => typeof choice === 'number'

const isTime = (schema: z.ZodType) =>
	schema instanceof z.ZodISODateTime || schema instanceof z.ZodISODate

const isPlain = (schema: z.ZodType) =>
	schema instanceof z.ZodString ||
	schema instanceof z.ZodStringFormat ||
	schema instanceof z.ZodNumber ||
	schema instanceof z.ZodBoolean ||
	choicesOf(schema) !== undefined

/** A boolean; in a query it is one of two words. */
const isSwitch = (schema: z.ZodType) =>
	schema instanceof z.ZodBoolean || String(choicesOf(schema)?.toSorted()) === 'false,true'

function single(part: SchemaPart): NodeField {
	const { schema } = part
	if (isSwitch(schema)) return toggle(part)
	const choices = choicesOf(schema)
	if (choices) return choice(part, choices)
	if (part.common) return choice(part, part.common)
	if (schema instanceof z.ZodNumber) return number(part, schema)
	if (isTime(schema)) return { ...common(part), type: 'dateTime', default: '' }
	return isPlain(schema)
		? text(part, schema)
		: { ...common(part), type: 'json', default: '', placeholder: eg(JSON.stringify(part.example)) }
}

function common({ name, title, required, schema, description: words }: SchemaPart) {
	const mayBeEmpty = schema.safeParse('').success || schema.safeParse([]).success
	return {
		displayName: titleCase(title),
		name,
		...(required && !mayBeEmpty && { required }),
		...(words && { description: description(words) }),
	}
}

const LONG = 2_000

/** Whether n8n must not show what is typed in: by its name, or as a definition says. */
const isSecretField = (name: string, schema: z.ZodType): boolean =>
	/token|secret|password/i.test(name) || schema.meta()?.format === 'password'

function text(part: SchemaPart, schema: z.ZodType): NodeField {
	const isLong =
		schema instanceof z.ZodString && (schema.maxLength ?? 0) > LONG && !schema.format?.length
	const typeOptions = {
		...(isLong && { rows: 4 }),
		...(isSecretField(part.name, schema) && { password: true }),
	}
	const picker = part.required ? pickers.get(schema)?.picker : undefined
	return {
		...common(part),
		...(picker && { picker }),
		type: /color$/.test(part.name) ? 'color' : 'string',
		...(Object.keys(typeOptions).length && { typeOptions }),
		default: part.fallback ?? '',
		...exampleOf(part),
		...(/(^|_)message_id$|^reply_to$/.test(part.name) && { hint: idHint }),
	}
}

// n8n's linter takes the word "id" in a placeholder for a misspelling.
function exampleOf({ example }: SchemaPart) {
	if (example === undefined) return {}
	return /\bid\b/.test(String(example))
		? { hint: `For example ${String(example)}` }
		: { placeholder: eg(example) }
}

const idHint = 'For the message of WhatsApp Trigger, use {{ $json.message_id }}'

// An untouched form sends nothing, not 0. n8n marks a number that is missing only if it is a text; it is converted.
function number(part: SchemaPart, { minValue, maxValue, format }: z.ZodNumber): NodeField {
	if (part.required)
		return {
			...common(part),
			type: 'string',
			default: '',
			...(part.example !== undefined && { placeholder: eg(part.example) }),
		}
	const bounds = {
		...(isBound(minValue) && { minValue }),
		...(isBound(maxValue) && { maxValue }),
		...(format?.includes('int') && { numberPrecision: 0 }),
	}
	return {
		...common(part),
		type: 'number',
		...(Object.keys(bounds).length && { typeOptions: bounds }),
		default: part.fallback ?? '',
		...(part.example !== undefined && { placeholder: eg(part.example) }),
	}
}

const isBound = (value: number | null): value is number =>
	value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER

function toggle({ required: _, ...part }: SchemaPart): NodeField {
	const { title, description: words, fallback = false } = part
	return {
		...common({ ...part, required: false }),
		description: whether(title, words),
		type: 'boolean',
		// In a query it is one of two words.
		default: String(fallback) === 'true',
	}
}

function choice(part: SchemaPart, values: (string | number)[]): NodeField {
	const options = values
		.map((value) => ({ name: choiceName(part, value), value }))
		.sort((a, b) => a.name.localeCompare(b.name))
	return {
		...common(part),
		type: 'options',
		options,
		default: part.fallback ?? part.example ?? values[0],
	}
}

const DAY_SECONDS = 86_400

function choiceName({ description: words }: SchemaPart, value: string | number): string {
	if (typeof value === 'string') return titleCase(value)
	const days = value / DAY_SECONDS
	if (!/^seconds\b/i.test(words) || !Number.isInteger(days)) return String(value)
	return days === 1 ? '1 Day' : days === 0 ? 'None' : `${days} Days`
}

/** Texts, one on each line: easy to write, and an expression may give an array. */
function lines(part: SchemaPart, path: string): NodeForm {
	const first = Array.isArray(part.example) ? part.example[0] : part.example
	const lines = 'One on each line, or an array from an expression'
	const words = part.description ? `${part.description}. ${lines}` : lines
	const field: NodeField = {
		...common(part),
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		...(first !== undefined && { placeholder: eg(first) }),
		description: description(words),
	}
	const mayBeNone = part.required && part.schema.safeParse([]).success
	return { fields: [field], shapes: { [path]: mayBeNone ? 'anyLines' : 'lines' } }
}

/** An object, or a list of them. */
function groups(
	part: SchemaPart,
	path: string,
	object: z.ZodObject,
	multipleValues: boolean,
): NodeForm {
	const inner = formsOf(partsOf(object), path)
	const values = inner.fields.length < SORTED_FROM ? inner.fields : sorted(inner.fields)
	const { required: _, ...words } = common(part)
	const title = multipleValues ? singular(words.displayName) : words.displayName
	const field: NodeField = {
		...words,
		type: 'fixedCollection',
		...(multipleValues && { typeOptions: { multipleValues: true } }),
		default: part.required ? { values: multipleValues ? [{}] : {} } : {},
		placeholder: `Add ${title}`,
		options: [{ displayName: title, name: 'values', values }],
	}
	return {
		fields: [field],
		shapes: { [path]: multipleValues ? 'list' : 'object', ...inner.shapes },
	}
}

const singular = (title: string) => title.replace(/ies$/, 'y').replace(/s$/, '')

/** A file: out of a binary field of the item, or from a URL. */
function fileForm(part: SchemaPart, path: string): NodeForm {
	const { name, title, description: words } = part
	const label = titleCase(title)
	const url = (part.example as { url?: unknown } | undefined)?.url
	return {
		shapes: { [path]: 'file' },
		fields: [
			{
				displayName: `${label} From`,
				name: `${name}_from`,
				type: 'options',
				options: [
					{ name: 'Binary Field', value: 'binary' },
					...(part.required ? [] : [{ name: 'Nowhere', value: 'none' }]),
					{ name: 'URL', value: 'url' },
				],
				default: part.required ? 'binary' : 'none',
				...(words && { description: description(words) }),
			},
			{
				displayName: 'Input Binary Field',
				name: `${name}_binary`,
				type: 'string',
				required: true,
				default: 'data',
				placeholder: 'e.g. data',
				hint: 'The name of the input binary field that has the file',
				displayOptions: { show: { [`${name}_from`]: ['binary'] } },
			},
			{
				displayName: `${label} URL`,
				name: `${name}_url`,
				type: 'string',
				required: true,
				default: '',
				...(url !== undefined && { placeholder: eg(url) }),
				description: 'Where the gateway gets the file: an http(s) address, or a data URI',
				displayOptions: { show: { [`${name}_from`]: ['url'] } },
			},
		],
	}
}

/** The name of each in a list of files. */
const EACH = 'file'

/** Files, each out of a binary field of the item, or from a URL. */
function fileList(part: SchemaPart, path: string, element: z.ZodType): NodeForm {
	const [each] = partsOf(z.object({ [EACH]: element }))
	const { required: _, ...words } = common(part)
	const field: NodeField = {
		...words,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: part.required ? { values: [{}] } : {},
		placeholder: `Add ${titleCase(each!.title)}`,
		options: [
			{ displayName: titleCase(each!.title), name: 'values', values: fileForm(each!, path).fields },
		],
	}
	return { fields: [field], shapes: { [path]: 'files' } }
}

/** n8n's linter wants so many in the order of the alphabet. */
const SORTED_FROM = 5

const sorted = (fields: NodeField[]) =>
	[...fields].sort((a, b) => a.displayName.localeCompare(b.displayName))

const eg = (example: unknown) => `e.g. ${String(example).split('\n')[0]}`
