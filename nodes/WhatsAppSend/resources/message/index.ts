import type { INodeProperties } from 'n8n-workflow'
import { recipient, session, shownFor } from '../../../shared/descriptions'
import * as text from './text'

const RESOURCE = 'message'
const operations = [text]

const only = { show: { resource: [RESOURCE] } }

/** Everything the Message resource shows: what to do, from which account, to whom, and with what. */
export const message: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: only,
		options: operations.map(({ operation }) => operation),
		default: 'text',
	},
	{ ...session, displayOptions: only },
	{ ...recipient, displayOptions: only },
	...operations.flatMap(({ operation, fields }) =>
		shownFor(RESOURCE, String(operation.value), fields),
	),
]
