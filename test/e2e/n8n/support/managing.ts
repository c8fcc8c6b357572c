import type { Credential, WorkflowDraft, WorkflowNode } from '../../../support/n8n.ts'

export type Managing = {
	session: string
	/** The phone number of somebody who has written to the account. */
	person: string
	credential: Pick<Credential, 'id' | 'name'>
}

/** A red dot. */
const PICTURE =
	'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='

const SEND = 'n8n-nodes-whatsapp-gateway.whatsAppGateway'

/** A message for each resource that sends; nodes after the first one know its id. */
const sends: [resource: string, type: string, fields: object][] = [
	['message', 'text', { text: 'Hello!' }],
	[
		'messageAction',
		'react',
		{ message_id: "={{ $('message text').first().json.message_id }}", emoji: '👍' },
	],
	['media', 'image', { image_from: 'url', image_url: PICTURE }],
	[
		'interactive',
		'buttons',
		{ content_text: 'Well?', buttons: { values: [{ button_id: 'y', display_text: 'Yes' }] } },
	],
	['response', 'buttons-response', { selected_button_id: 'y', selected_display_text: 'Yes' }],
	['business', 'request-payment', { currency_code: 'EUR', amount1000: 5_000 }],
]

/** An operation of each resource, with the fields that it needs. */
const operations = ({ person }: Managing): [string, string, object?][] => [
	['group', 'create', { name: 'Team', participants: person }],
	['group', 'getAll'],
	['community', 'getAll'],
	['contact', 'getAll'],
	['chat', 'getAll'],
	['channel', 'getAll'],
	['label', 'getAll'],
	['profile', 'get'],
	['privacy', 'get'],
	['status', 'getAll'],
	['call', 'getAll'],
	['catalog', 'getAllProducts', { jid: { __rl: true, mode: 'id', value: 'me' } }],
	['session', 'getAll'],
	...sends.map(([resource, type, fields]): [string, string, object] => [
		resource,
		type,
		{ to: { __rl: true, mode: 'phone', value: person }, ...fields },
	]),
]

/** Runs all of them, one after the other. */
export function calls(using: Managing): WorkflowDraft {
	const draft = startingWith([{ json: {} }])
	for (const [resource, operation, fields = {}] of operations(using))
		append(draft, node(`${resource} ${operation}`, using, { resource, operation, ...fields }))
	return draft
}

/** Reads a table out of a file, as people do with what WhatsApp Trigger has downloaded. */
export function tableFromFile(): WorkflowDraft {
	const draft = startingWith([{ json: { day: 'Monday', rain: 'none' } }])
	const built = (
		name: string,
		type: string,
		parameters: Record<string, unknown>,
	): WorkflowNode => ({
		...{ id: crypto.randomUUID(), name, type: `n8n-nodes-base.${type}`, typeVersion: 1.1 },
		...{ position: [0, 0], parameters },
	})
	append(draft, built('File', 'convertToFile', { operation: 'xlsx', options: {} }))
	append(draft, built('Table', 'extractFromFile', { operation: 'xlsx', options: {} }))
	return draft
}

/** Sends a text for each of fifty rows, of which the seventeenth has no phone number. */
export function fiftyRows(using: Managing): WorkflowDraft {
	const rows = Array.from({ length: 50 }, (_, index) => ({
		json: { row: index + 1, phone: index === 16 ? 'nobody' : using.person },
	}))
	const draft = startingWith(rows)
	const send = node('Send', using, {
		resource: 'message',
		operation: 'text',
		to: { __rl: true, mode: 'phone', value: '={{ $json.phone }}' },
		text: '=Row {{ $json.row }}',
	})
	append(draft, { ...send, executeOnce: false, onError: 'continueErrorOutput' })
	// What an output is paired with: the row that it came from.
	const values = {
		assignments: {
			assignments: [
				{ id: '1', name: 'row', type: 'number', value: "={{ $('Start').item.json.row }}" },
				{ id: '2', name: 'text', type: 'string', value: "=Row {{ $('Start').item.json.row }}" },
			],
		},
		options: {},
	}
	for (const name of ['Sent', 'Failed'])
		draft.nodes.push({
			id: crypto.randomUUID(),
			name,
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [400, draft.nodes.length * 100],
			parameters: values,
		})
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }]
	draft.connections.Send = { main: [to('Sent'), to('Failed')] }
	return draft
}

function node(
	name: string,
	{ session, credential }: Managing,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return {
		id: crypto.randomUUID(),
		name,
		type: SEND,
		typeVersion: 1,
		position: [0, 0],
		parameters: { session: { __rl: true, mode: 'id', value: session }, ...parameters },
		credentials: { whatsAppGatewayApi: { id: credential.id, name: credential.name } },
		// A list is one item or many, and may be none.
		executeOnce: true,
		alwaysOutputData: true,
		onError: 'continueRegularOutput',
	}
}

function startingWith(items: { json: Record<string, unknown> }[]): WorkflowDraft {
	const start: WorkflowNode = {
		id: crypto.randomUUID(),
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	}
	return { name: 'Managing', nodes: [start], connections: {}, pinData: { Start: items } }
}

/** Adds a node after the last one. */
function append({ nodes, connections }: WorkflowDraft, next: WorkflowNode): void {
	connections[nodes.at(-1)!.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] }
	nodes.push({ ...next, position: [nodes.length * 200, 0] })
}
