import type { INodeProperties, INodePropertyOptions, INodePropertyRouting } from 'n8n-workflow'
import type { Shapes } from '../shared/body'
import { session, shownFor } from '../shared/descriptions'
import { onceHeaders } from '../shared/idempotency'
import { handOnLinkedFile, linkedFileFields } from '../shared/linked-file'
import { failIfAnyRefused, type Pages } from '../shared/lists'
import { locator, shownField, type FormField, type Picker } from '../shared/locators'
import type { Resource } from './resource'
import { each, ofSession, requesting } from './routing'

/** What a route's path names, and people choose. */
interface Place {
	name: string
	displayName: string
	description: string
	example: string
	picker?: Picker
}

/** A call of a route of the gateway, as the generator writes it down. */
export interface RouteOperation {
	name: string
	value: string
	action: string
	description: string
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
	/** Below the session: `/groups/{jid}/participants`. */
	path: string
	/** The path is not below a session: `/tags`. */
	ofGateway?: true
	places: Place[]
	fields: FormField[]
	/** Those that nobody has to fill in. */
	collection?: { displayName: string; fields: INodeProperties[] }
	shapes: Shapes
	/** A property of the answer whose entries become items. */
	itemsOf?: string
	/** The list comes in pages. */
	pages?: Omit<Pages, 'property'>
	/** An entry can be refused though the whole was not. */
	refusals?: true
	/** A property of the answer that is the URL of a file. */
	fileAt?: string
	/** A repetition would create a second one. */
	creates?: true
}

export interface RouteResource {
	name: string
	value: string
	description: string
	operations: RouteOperation[]
}

/** The resource that n8n shows for the routes of a subject. */
export function routeResource({ operations, ...resource }: RouteResource): Resource {
	return {
		...resource,
		operations: operations.map(optionOf),
		fields: operations.flatMap((operation) =>
			shownFor(resource.value, [operation.value], fieldsOf(operation)),
		),
	}
}

const optionOf = ({
	name,
	value,
	action,
	description,
	...call
}: RouteOperation): INodePropertyOptions => ({
	name,
	value,
	action,
	description,
	routing: routingOf(call),
})

type CallParts = Omit<RouteOperation, 'name' | 'value' | 'action' | 'description'>

function routingOf({
	method,
	path,
	ofGateway,
	shapes,
	itemsOf,
	pages,
	refusals,
	fileAt,
	creates,
	...form
}: CallParts): INodePropertyRouting {
	const below = path.replace(/\{(\w+)\}/g, '{{ encodeURIComponent($$parameter.$1) }}')
	const url = ofGateway ? `=/api/v1${below}` : ofSession(below)
	const fields = [
		...form.places.map(placeField),
		...form.fields.map(shownField),
		...(form.collection?.fields ?? []),
	]
	return requesting(
		{ method, url, ...(creates && { headers: onceHeaders }) },
		{ shapes, fields, pages: pages && { ...pages, property: itemsOf ?? '' } },
		...(refusals && itemsOf ? [failIfAnyRefused(itemsOf)] : []),
		...(itemsOf && !pages ? [each(itemsOf)] : []),
		...(fileAt ? [handOnLinkedFile(fileAt)] : []),
	)
}

function fieldsOf({
	ofGateway,
	places,
	fields,
	collection,
	pages,
	refusals,
	fileAt,
}: RouteOperation): INodeProperties[] {
	return [
		...(ofGateway ? [] : [session]),
		...places.map(placeField),
		...fields.map(shownField),
		...(pages ? paging : []),
		...(refusals ? [failSwitch] : []),
		...(fileAt ? linkedFileFields : []),
		...(collection ? [collectionOf(collection)] : []),
	]
}

const placeField = ({ picker, ...words }: Place): INodeProperties =>
	picker
		? locator(picker, words)
		: {
				displayName: words.displayName,
				name: words.name,
				type: 'string',
				required: true,
				default: '',
				description: words.description,
				...(words.example && { placeholder: `e.g. ${words.example}` }),
			}

const collectionOf = ({
	displayName,
	fields,
}: NonNullable<RouteOperation['collection']>): INodeProperties => ({
	displayName,
	name: displayName.charAt(0).toLowerCase() + displayName.slice(1).replaceAll(' ', ''),
	type: 'collection',
	placeholder: displayName === 'Filters' ? 'Add Filter' : 'Add Field',
	default: {},
	options: fields,
})

const failSwitch: INodeProperties = {
	displayName: 'Fail if Anyone Was Refused',
	name: 'fail_if_refused',
	type: 'boolean',
	default: false,
	description:
		'Whether the item fails when WhatsApp refused anyone; off hands on each result with its reason',
}

const paging: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
		routing: { send: { type: 'query', property: 'limit' } },
	},
]
