import type { Credential, WorkflowDraft, WorkflowNode } from '../support/n8n.ts'

export type Using = { session: string; credential: Pick<Credential, 'id' | 'name'> }

const PACKAGE = 'n8n-nodes-whatsapp-gateway'

function node(
	{ session, credential: { id, name } }: Using,
	type: string,
	called: string,
	parameters: object,
): WorkflowNode {
	return {
		id: crypto.randomUUID(),
		name: called,
		type: `${PACKAGE}.${type}`,
		typeVersion: 1,
		position: [0, 0],
		webhookId: crypto.randomUUID(),
		parameters: { session: { __rl: true, mode: 'id', value: session }, ...parameters },
		credentials: { whatsAppGatewayApi: { id, name } },
	}
}

/** A trigger alone. */
export const listening = (name: string, using: Using, parameters: object = {}): WorkflowDraft => ({
	name,
	nodes: [
		node(using, 'whatsAppTrigger', 'Trigger', { events: ['message.received'], ...parameters }),
	],
	connections: {},
})

/** A trigger for messages with this text, and then a question to who wrote it. */
export const asking = (text: string, using: Using, question: object): WorkflowDraft => ({
	name: `Ask about ${text}`,
	nodes: [
		node(using, 'whatsAppTrigger', 'Trigger', {
			events: ['message.received'],
			filters: { text_contains: text },
		}),
		node(using, 'whatsAppSendAndWait', 'Ask', {
			to: { __rl: true, mode: 'id', value: '={{ $json.chat_id }}' },
			options: {},
			...question,
		}),
	],
	connections: { Trigger: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
})

/** An example of the documentation, with what its nodes need. */
export const exampleWith = ({ credential: { id, name } }: Using, draft: WorkflowDraft) => ({
	...draft,
	nodes: draft.nodes.map((node) => ({
		...node,
		credentials: { whatsAppGatewayApi: { id, name } },
	})),
})
