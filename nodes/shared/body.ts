import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecuteSingleFunctions,
	INodeProperties,
} from 'n8n-workflow'
import { NodeOperationError } from 'n8n-workflow'
import { formWith, type Attachment } from './form'
import { valueOf, type Shape } from './values'

/** How to convert some fields, by their path. The items of a list have the path of the list. */
export type Shapes = Record<string, Shape | 'file' | 'files' | 'list' | 'object'>

/** For fields that this node does not know, and for lists that an expression makes. */
export const moreFields: INodeProperties = {
	displayName: 'More Fields',
	name: 'more_fields',
	type: 'json',
	default: '',
	placeholder: 'e.g. {"footer": "Open until 18:00"}',
	description:
		"A JSON object with more fields of the request, named as in the gateway's API. They replace the fields above, so that an expression can give a whole list of rows, buttons or options.",
	routing: { send: { type: 'body', property: 'more_fields' } },
}

type Request = DeclarativeRestApiSettings.HttpRequestOptions

/** Turns the filled-in fields of a request into what the gateway wants. @throws NodeOperationError for what is not there or not readable */
export async function completed(
	node: IExecuteSingleFunctions,
	request: Request,
	shapes: Shapes,
): Promise<Request> {
	const { more_fields: more, ...given } = (request.body ?? {}) as IDataObject
	const files: Attachment[] = []
	const work = { shapes, files, timezone: node.getTimezone() }
	const qs = fieldsOf(request.qs ?? {}, work)
	const body = { ...fieldsOf(given, work), ...moreOf(node, more) }
	return { ...request, qs, body: files.length ? await formWith(node, body, files) : body }
}

function moreOf(node: IExecuteSingleFunctions, more: unknown): IDataObject {
	if (isEmpty(more)) return {}
	return jsonObject(node, moreFields.displayName, more)
}

type Caller = Pick<IExecuteSingleFunctions, 'getNode'> & { getItemIndex?: () => number }

/** What a JSON field says. @throws NodeOperationError that names the field, if it is not a JSON object */
export function jsonObject(caller: Caller, field: string, given: unknown): IDataObject {
	const value = valueOf(given, 'json')
	if (typeof value === 'object' && value !== null && !Array.isArray(value))
		return value as IDataObject
	const found = (typeof given === 'string' ? given : (JSON.stringify(given) ?? '')).slice(0, 100)
	throw new NodeOperationError(caller.getNode(), `${field} is not a JSON object: ${found}`, {
		itemIndex: caller.getItemIndex?.(),
		description: 'It looks like {"footer": "Open until 18:00"}: names and texts in double quotes.',
	})
}

interface Work {
	shapes: Shapes
	timezone: string
	/** Collects what comes from binary fields. */
	files: Attachment[]
	/** The path of the current field: for `shapes`, and with item numbers for the names of the form's parts. */
	path?: string
	place?: string
}

const below = (path: string | undefined, name: string): string => (path ? `${path}.${name}` : name)

function fieldsOf(given: IDataObject, work: Work): IDataObject {
	const fields: IDataObject = {}
	for (const [key, value] of Object.entries(given)) {
		const name = key.replace(/_(from|binary|url)$/, '')
		const isFile = name !== key && work.shapes[below(work.path, name)] === 'file'
		if (isFile && !key.endsWith('_from')) continue
		const field = isFile
			? fileOf(given, name, below(work.place, name), work)
			: fieldOf(value, key, work)
		if (!isEmpty(field) || mayBeEmpty(work.shapes[below(work.path, key)]))
			fields[isFile ? name : key] = field
	}
	return fields
}

const mayBeEmpty = (shape: unknown): boolean => shape === 'text' || shape === 'anyLines'

const isEmpty = (value: unknown): boolean =>
	value === '' || value === undefined || value === null || (Array.isArray(value) && !value.length)

type Field = IDataObject[string]

function fieldOf(value: Field, name: string, work: Work): Field {
	const path = below(work.path, name)
	const place = below(work.place, name)
	const shape = work.shapes[path]
	if (shape === undefined || shape === 'file') return value
	if (shape !== 'list' && shape !== 'object' && shape !== 'files')
		return valueOf(value, shape, work.timezone) as Field
	const { values } = (value ?? {}) as IDataObject
	if (values === undefined) return Array.isArray(value) ? value : undefined
	if (shape === 'object') return fieldsOf(values as IDataObject, { ...work, path, place })
	return (values as IDataObject[]).map((item, index) =>
		shape === 'files'
			? fileOf(item, 'file', `${place}.${index}`, work)
			: fieldsOf(item, { ...work, path, place: `${place}.${index}` }),
	) as Field
}

/** A URL as the gateway wants it; a binary field is attached, and left out of the fields. */
function fileOf(given: IDataObject, name: string, place: string, { files }: Work): Field {
	const from = given[`${name}_from`]
	if (from === 'url') return { url: valueOf(given[`${name}_url`], 'string') as string }
	if (from === 'binary') files.push({ place, field: String(given[`${name}_binary`]) })
	return undefined
}
