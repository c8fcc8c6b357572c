import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow'
import { formWith, type Attachment } from './form'
import { valueOf, type Shape } from './values'

/** How to convert some fields, by their path. The items of a list have the path of the list. */
export type Shapes = Record<string, Shape | 'file' | 'list' | 'object'>

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

/** For `preSend`: turns the filled-in fields into the gateway's request body. */
export const completeBody = (shapes: Shapes) =>
	async function completeBody(
		this: IExecuteSingleFunctions,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { more_fields: more, ...given } = request.body as IDataObject
		const files: Attachment[] = []
		const filled = fieldsOf(given, { shapes, files, timezone: this.getTimezone() })
		const body = { ...filled, ...(valueOf(more, 'json') as IDataObject) }
		return { ...request, body: files.length ? await formWith(this, body, files) : body }
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
		const field = isFile ? fileOf(given, name, work) : fieldOf(value, key, work)
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
	if (shape !== 'list' && shape !== 'object') return valueOf(value, shape, work.timezone) as Field
	const { values } = (value ?? {}) as IDataObject
	if (values === undefined) return Array.isArray(value) ? value : undefined
	if (shape === 'object') return fieldsOf(values as IDataObject, { ...work, path, place })
	return (values as IDataObject[]).map((item, index) =>
		fieldsOf(item, { ...work, path, place: `${place}.${index}` }),
	)
}

/** A URL as the gateway wants it; a binary field is attached, and left out of the fields. */
function fileOf(given: IDataObject, name: string, { files, place }: Work): Field {
	const from = given[`${name}_from`]
	if (from === 'url') return { url: given[`${name}_url`] }
	if (from === 'binary')
		files.push({ place: below(place, name), field: String(given[`${name}_binary`]) })
	return undefined
}
