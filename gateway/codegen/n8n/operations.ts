import { envelope, unquotable, unverified } from '../../src/messages/envelope.ts'
import type { MessageDefinition } from '../../src/messages/define.ts'
import { messageTypes } from '../../src/messages/index.ts'
import type { NodeField, FieldShapes } from './field.ts'
import { formsOf, type NodeForm } from './fields.ts'
import { posts, resourceOf } from './resources.ts'
import { isFile, partsOf, type SchemaPart } from './schema.ts'
import { operationNamesOf } from './operation-names.ts'
import { description, lowered, titleCase, withArticle } from './text-case.ts'

/** One thing that the node can send. */
export type Operation = {
	resource: string
	/** The message type, and the value of the operation. */
	type: string
	name: string
	action: string
	description: string
	fields: NodeField[]
	/** Optional ones, besides those that every message has. */
	additional: NodeField[]
	shapes: FieldShapes
	/** The names of those that every message has and that have an effect here. */
	common: string[]
	/** Not every account may send it. */
	unverified: boolean
	/** Where it goes, if not to any recipient. */
	to?: 'status' | 'channel'
}

const definitions: readonly MessageDefinition[] = messageTypes

/** Every message type in its resource, and those that can be posted as a status or into a channel. */
export function operations(): Operation[] {
	return [
		...definitions.map((definition) => operationOf(definition, resourceOf(definition).value)),
		...posts.flatMap(({ resource, type }) =>
			definitions.filter((known) => known.type === type).map((known) => posted(known, resource)),
		),
	]
}

/** What every message may say. The node has the field for the recipient by hand. */
export function commonForm(): NodeForm {
	const { fields, shapes } = routed(formsOf(partsOf(envelope)))
	return { fields: fields.filter(({ name }) => name !== 'to'), shapes }
}

function operationOf(definition: MessageDefinition, resource: string): Operation {
	const isStatus = resource === 'status'
	const parts = partsOf(definition.schema).filter(
		({ name }) =>
			!(name in envelope.shape) && (isStatus || !definition.statusFields?.includes(name)),
	)
	const isMain = mainOf(parts)
	const main = routed(formsOf(parts.filter(isMain)))
	const more = routed(formsOf(parts.filter((part) => !isMain(part))))
	return {
		resource,
		type: definition.type,
		...operationNamesOf(definition),
		fields: main.fields,
		additional: more.fields,
		shapes: { ...main.shapes, ...more.shapes },
		common: definition.description.includes(unquotable)
			? ['check_recipient', ...toAll]
			: ['check_recipient', ...toAll, ...quotable],
		unverified: definition.description.includes(unverified),
	}
}

/** What every operation offers, statuses and channels included. */
const toAll = ['dry_run', 'pause_seconds']

// WhatsApp keeps quote and timer in the same place: what cannot quote has no timer of its own.
const quotable = ['expiration', 'reply_to', 'typing', 'typing_seconds']

/** So many fields need no place of their own. */
const FEW = 3

// What nobody has to fill in stays out of sight, unless there is nothing else to see. A caption is what people look for.
function mainOf(parts: SchemaPart[]): (part: SchemaPart) => boolean {
	const needsAny = parts.some(({ required }) => required)
	return ({ name, required, schema, fallback }) =>
		required ||
		isFile(schema) ||
		name === 'caption' ||
		(!needsAny && (fallback !== undefined || parts.length <= FEW))
}

function posted(definition: MessageDefinition, resource: 'status' | 'channel'): Operation {
	const place = resource === 'status' ? 'as a status' : 'in a channel'
	const action = `Post ${withArticle(lowered(definition.title))} ${place}`
	return {
		...operationOf(definition, resource),
		name: `Post ${titleCase(definition.title)}`,
		action,
		description: description(action),
		common: resource === 'status' ? ['audience', ...toAll] : toAll,
		to: resource,
	}
}

// A field goes where its name says. The node makes one of the fields of a file.
function routed({ fields, shapes }: NodeForm): NodeForm {
	const route = (field: NodeField): NodeField => ({
		...field,
		routing: { send: { type: 'body', property: field.name } },
	})
	return { fields: fields.map(route), shapes }
}
