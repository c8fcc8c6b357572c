import type { INodeProperties, INodePropertyOptions, INodePropertyRouting } from 'n8n-workflow'
import type { Shapes } from '../shared/body'
import { recipient, session, shownFor } from '../shared/descriptions'
import { performing, type Performance } from '../shared/perform'
import { failWhenRefused, handOnFile } from '../shared/results'
import type { Resource } from './resource'

type Step = NonNullable<NonNullable<INodePropertyRouting['output']>['postReceive']>[number]

/** The address of something of the chosen session; what people fill in is encoded. */
export const ofSession = (path = '', parameter?: string): string =>
	`=/api/v1/sessions/{{ encodeURIComponent($parameter.session) }}${path}` +
	(parameter ? `/{{ encodeURIComponent($parameter.${parameter}) }}` : '')

/** A request to the gateway; its answer becomes the item. */
export const requesting = (
	request: INodePropertyRouting['request'],
	performance: Performance,
	...steps: Step[]
): INodePropertyRouting => ({
	request,
	send: { paginate: true },
	operations: { pagination: performing(performance) },
	output: {
		postReceive: [failWhenRefused(performance.fields ?? [messageId, recipient]), ...steps],
	},
})

/** A request that changes nothing. */
export const asking = (url: string, ...steps: Step[]): INodePropertyRouting =>
	requesting({ method: 'GET', url }, {}, ...steps)

/** A request that changes what has this address. */
export const doing = (url: string, shapes: Shapes = {}): INodePropertyRouting =>
	requesting({ method: 'POST', url }, { shapes })

/** One item for each of a list. */
export const each = (property: string): Step => ({ type: 'rootProperty', properties: { property } })

/** A request whose answer is a file. */
export const askingForFile = (url: string): INodePropertyRouting =>
	requesting(
		{ method: 'GET', url, headers: { Accept: '*/*' }, encoding: 'arraybuffer' },
		{},
		handOnFile,
	)

/** An operation other than sending, and its fields. */
export interface Operation {
	option: INodePropertyOptions
	fields: INodeProperties[]
}

export function resourceWith(
	words: Pick<Resource, 'name' | 'value' | 'description'>,
	operations: Operation[],
): Resource {
	return {
		...words,
		operations: operations.map(({ option }) => option),
		fields: operations.flatMap(({ option, fields }) =>
			shownFor(words.value, [String(option.value)], fields),
		),
	}
}

/** An operation on a session. */
export const onSession = (
	option: INodePropertyOptions,
	fields: INodeProperties[] = [],
): Operation => ({ option, fields: [session, ...fields] })

export const messageId: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 3EB0538DA65A59F6D8A251',
	hint: 'For the message of WhatsApp Trigger, use {{ $json.message_id }}',
}
