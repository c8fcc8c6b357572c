import type { INodeProperties, INodePropertyOptions, INodePropertyRouting } from 'n8n-workflow'
import type { Shapes } from '../shared/body'
import { shownField, type FormField } from '../shared/locators'
import { channel, recipient, session, shownFor } from '../shared/descriptions'
import { handOnSent } from '../shared/results'
import { onceHeaders } from '../shared/idempotency'
import type { Resource } from './resource'
import { ofSession, requesting } from './routing'

/** One kind of message, as the generator writes it down. */
export interface SendOperation {
	name: string
	/** As in the URL. */
	type: string
	action: string
	description: string
	/** Not every account may send it. */
	unverified?: true
	/** Where it goes, if not to any recipient. */
	to?: 'status' | 'channel'
	shapes: Shapes
	fields: FormField[]
	additional: INodeProperties[]
}

export interface SendResource {
	name: string
	value: string
	description: string
	operations: SendOperation[]
}

/** The resource that n8n shows for a group of message types. */
export function sendResource({ operations, ...resource }: SendResource): Resource {
	const only = (chosen: SendOperation[], fields: INodeProperties[]) =>
		chosen.length
			? shownFor(
					resource.value,
					chosen.map(({ type }) => type),
					fields,
				)
			: []
	const at = (place: SendOperation['to']) => operations.filter(({ to }) => to === place)
	return {
		...resource,
		operations: operations.map(optionOf),
		fields: [
			...only(
				operations.filter(({ unverified }) => unverified),
				[unverifiedNotice],
			),
			...only(operations, [session]),
			...only(at(undefined), [recipient]),
			...only(at('channel'), [channel]),
			...operations.flatMap((operation) =>
				only([operation], [...operation.fields.map(shownField), additionalFields(operation)]),
			),
		],
	}
}

const optionOf = (operation: SendOperation): INodePropertyOptions => ({
	name: operation.name,
	value: operation.type,
	action: operation.action,
	description: operation.description,
	routing: sendRouting(operation),
})

/** One POST for each item, which a retry cannot double. */
function sendRouting({ type, shapes, to, ...form }: SendOperation): INodePropertyRouting {
	const url = `${ofSession('/messages')}/${type}`
	const fields = [
		to === 'channel' ? channel : recipient,
		...form.fields.map(shownField),
		...form.additional,
	]
	const routing = requesting(
		{ method: 'POST', url, headers: onceHeaders },
		{ shapes, fields, hasLimits: true },
		handOnSent,
	)
	const isStatus = to === 'status'
	const status = { type: 'body' as const, property: 'to', value: 'status@broadcast' }
	return { ...routing, send: { ...routing.send, ...(isStatus && status) } }
}

const additionalFields = ({ additional }: SendOperation): INodeProperties => ({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: additional,
})

const unverifiedNotice: INodeProperties = {
	displayName:
		'WhatsApp decides whether it delivers and shows this from an ordinary account; that was not verified',
	name: 'unverified',
	type: 'notice',
	default: '',
}
