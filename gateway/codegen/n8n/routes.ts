import { z } from '@hono/zod-openapi'
import { routes } from '../../src/http/native/routes/index.ts'
import {
	OF_SESSION,
	type NodeOperation,
	type RouteDefinition,
} from '../../src/http/native/define-route.ts'
import { bareOf } from '../../src/http/request/unknown-fields.ts'
import { pickers, type Picker } from '../../src/messages/fields/pickers.ts'
import type { NodeField, FieldShapes } from './field.ts'
import { formsOf, type NodeForm } from './fields.ts'
import { partsOf, type SchemaPart } from './schema.ts'
import { description, titleCase } from './text-case.ts'

/** What a route's path names. */
type Place = {
	name: string
	displayName: string
	description: string
	example: string
	picker?: Picker
}

/** An operation that calls a route. */
export type RouteOperation = {
	resource: string
	name: string
	value: string
	action: string
	description: string
	method: string
	/** Below the session: `/groups/{jid}/participants`. */
	path: string
	/** The path is not below a session: `/tags`. */
	ofGateway?: true
	places: Place[]
	fields: NodeField[]
	/** Those that nobody has to fill in. */
	collection?: { displayName: string; fields: NodeField[] }
	shapes: FieldShapes
	/** A property of the answer whose entries become items. */
	itemsOf?: string
	/** The list comes in pages: the query's field for the place where one begins, and its most entries. */
	pages?: { field: string; most: number }
	refusals?: true
	/** A property of the answer that is the URL of a file. */
	fileAt?: string
	creates?: true
}

/** The operations of all routes that the node has. */
export function routeOperations(): RouteOperation[] {
	return routes.flatMap((route) =>
		typeof route.node === 'string' ? [] : [operationOf(route, route.node)],
	)
}

function operationOf(route: RouteDefinition, node: NodeOperation): RouteOperation {
	const { method, path } = route.twin ?? route
	const ofSession = path.startsWith(OF_SESSION)
	const pages = pagesOf(route.query, node)
	const query = partsOf(route.query).filter(
		({ name }) => !pages || !['limit', pages.field].includes(name),
	)
	const body = partsOf(route.body ?? z.object()).filter(({ name }) => !node.without?.includes(name))
	const main = sent(query, body, ({ required }) => required)
	const more = sent(query, body, ({ required }) => !required)
	const places = partsOf(route.params).map(placeOf)
	refuseSameNames(path, [...places, ...main.fields])
	return {
		resource: node.resource,
		name: node.name,
		value: valueOf(node.name),
		action: route.summary,
		description: description(route.description ?? route.summary),
		method: method.toUpperCase(),
		path: ofSession ? path.slice(OF_SESSION.length) : path,
		...(!ofSession && { ofGateway: true }),
		places: partsOf(route.params)
			.filter(({ name }) => name !== 'session')
			.map(placeOf),
		fields: main.fields,
		...(more.fields.length && {
			collection: { displayName: collectionName(method), fields: byName(more.fields) },
		}),
		shapes: { ...main.shapes, ...more.shapes },
		...(node.itemsOf && { itemsOf: node.itemsOf }),
		...(pages && { pages }),
		...(node.refusals && { refusals: node.refusals }),
		...(node.fileAt && { fileAt: node.fileAt }),
		...(route.creates && { creates: true }),
	}
}

/** n8n would take them for one field. */
function refuseSameNames(path: string, fields: { name: string }[]): void {
	const names = fields.map(({ name }) => name)
	const twice = names.find((name, index) => names.indexOf(name) < index)
	if (twice) throw new Error(`${path} has two fields with the name ${twice}`)
}

/** n8n holds the items of a page in memory. */
const LONGEST_PAGE = 1_000

/** @throws Error if the definition does not say how long a page may be, or what its list is called */
function pagesOf({ shape }: z.ZodObject, { pagedBy, itemsOf, name }: NodeOperation) {
	const field = pagedBy ?? ('limit' in shape && 'offset' in shape ? 'offset' : undefined)
	if (!field) return undefined
	const limit = bareOf(shape.limit)
	if (!itemsOf || !(limit instanceof z.ZodNumber) || !limit.maxValue)
		throw new Error(`"${name}" has pages: it needs \`itemsOf\`, and a limit with a maximum`)
	return { field, most: Math.min(limit.maxValue, LONGEST_PAGE) }
}

/** `Add Participant` is `addParticipant`, and `Get Many` is `getAll`: n8n's convention. */
export const valueOf = (name: string): string =>
	name
		.replace(/^Get Many\b/, 'Get All')
		.replaceAll(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase())
		.replace(/^\w/, (letter) => letter.toLowerCase())

const collectionName = (method: string) =>
	method === 'get' ? 'Filters' : /^p(ut|atch)$/.test(method) ? 'Update Fields' : 'Additional Fields'

const byName = (fields: NodeField[]) =>
	[...fields].sort((a, b) => a.displayName.localeCompare(b.displayName))

function placeOf({ name, schema, title, description: words, example }: SchemaPart): Place {
	const picker = pickers.get(schema)?.picker
	return {
		name,
		displayName: titleCase(title),
		description: description(words),
		example: String(example ?? ''),
		...(picker && { picker }),
	}
}

function sent(
	query: SchemaPart[],
	body: SchemaPart[],
	isWanted: (part: SchemaPart) => boolean,
): NodeForm {
	const inQuery = routed(formsOf(query.filter(isWanted)), 'query')
	const inBody = routed(formsOf(body.filter(isWanted)), 'body')
	return {
		fields: [...inQuery.fields, ...inBody.fields],
		shapes: { ...inQuery.shapes, ...inBody.shapes },
	}
}

function routed({ fields, shapes }: NodeForm, type: 'query' | 'body'): NodeForm {
	const route = (field: NodeField): NodeField => ({
		...field,
		routing: { send: { type, property: field.name } },
	})
	return { fields: fields.map(route), shapes }
}
