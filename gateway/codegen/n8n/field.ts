import type { Picker } from '../../src/messages/fields/pickers.ts'

/** A field of an n8n node, as far as we make any. The nodes check it against n8n's own type. */
export type NodeField = {
	displayName: string
	name: string
	type:
		| 'string'
		| 'number'
		| 'boolean'
		| 'color'
		| 'options'
		| 'dateTime'
		| 'fixedCollection'
		| 'collection'
		| 'json'
		| 'notice'
	required?: true
	/** What people pick from a list instead of typing its id. */
	picker?: Picker
	default: unknown
	placeholder?: string
	description?: string
	hint?: string
	typeOptions?: Record<string, unknown>
	displayOptions?: { show: Record<string, unknown[]> }
	options?: (NodeField | Choice | Group)[]
	routing?: { send: { type: 'body' | 'query'; property: string } }
}

export type Choice = { name: string; value: string | number }
type Group = { displayName: string; name: string; values: NodeField[] }

/**
 * What the node has to do to what people filled in, before it is what the gateway wants:
 * convert it, take a file or several from the item, split lines, parse JSON, name the time zone, take a list or an object out of
 * n8n's wrapping, leave an empty text or no lines in.
 */
export type FieldShape =
	| 'string'
	| 'number'
	| 'boolean'
	| 'file'
	| 'files'
	| 'lines'
	| 'anyLines'
	| 'json'
	| 'time'
	| 'list'
	| 'object'
	| 'text'

/** By the path of the field. A list's items have the path of the list. */
export type FieldShapes = Record<string, FieldShape>
