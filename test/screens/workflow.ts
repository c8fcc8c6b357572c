import type { Credential, WorkflowDraft, WorkflowNode } from '../support/n8n.ts'

const SEND = 'n8n-nodes-whatsapp-gateway.whatsAppGateway'

type Chosen = { session: string; to: string; credential: Credential }

/** The operations that the pictures show, filled in as people do. */
export function shown({ session, to, credential }: Chosen): WorkflowDraft {
	const node = (name: string, resource: string, operation: string, rest: object): WorkflowNode => ({
		id: crypto.randomUUID(),
		name,
		type: SEND,
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			resource,
			operation,
			session: { __rl: true, mode: 'list', value: session, cachedResultName: 'Our shop' },
			to: { __rl: true, mode: 'phone', value: `+${to}` },
			additionalFields: {},
			...rest,
		},
		credentials: { whatsAppGatewayApi: { id: credential.id, name: credential.name } },
	})
	const rows = [
		{ row_id: 'today', title: 'Today', description: 'Until 18:00' },
		{ row_id: 'tomorrow', title: 'Tomorrow', description: '' },
	]
	const nodes = [
		node('Send Poll', 'message', 'poll', {
			name: 'When shall we meet?',
			options: 'Monday\nTuesday\nWednesday',
			additionalFields: { selectable_count: 1 },
		}),
		node('Send Image', 'media', 'image', {
			image_from: 'binary',
			image_binary: 'data',
			caption: 'Today’s menu',
			additionalFields: { view_once: false },
		}),
		node('Send List', 'interactive', 'list', {
			title: 'Delivery',
			description: 'When shall we bring it?',
			button_text: 'Choose a day',
			sections: { values: [{ title: 'Days', rows: { values: rows } }] },
		}),
		node('Edit', 'messageAction', 'edit', {
			to: { __rl: true, mode: 'id', value: '={{ $json.to }}' },
			message_id: '={{ $json.message_id }}',
			text: '=Order {{ $json.order }}: on its way',
		}),
		node('Download Media', 'media', 'download', {
			messageId: '={{ $json.data.message_id }}',
			binaryField: 'data',
		}),
	]
	return { name: 'Pictures', nodes, connections: {} }
}
