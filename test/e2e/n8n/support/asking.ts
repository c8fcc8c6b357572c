import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../../support/paths.ts'
import type { Credential, WorkflowDraft, WorkflowNode } from '../../../support/n8n.ts'

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
		node(using, 'whatsAppGatewayTrigger', 'Trigger', {
			events: ['message.received'],
			...parameters,
		}),
	],
	connections: {},
})

/** Half a minute of work for messages that say "slow", and none for others. */
export const working = (name: string, using: Using): WorkflowDraft => ({
	name,
	nodes: [
		node(using, 'whatsAppGatewayTrigger', 'Trigger', { events: ['message.received'] }),
		{
			id: crypto.randomUUID(),
			name: 'Work',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			position: [220, 0],
			parameters: { amount: "={{ $json.text === 'slow' ? 30 : 0 }}", unit: 'seconds' },
		},
	],
	connections: { Trigger: { main: [[{ node: 'Work', type: 'main', index: 0 }]] } },
})

/** A trigger for messages with this text, and then a question to who wrote it. */
export const asking = (text: string, using: Using, question: object): WorkflowDraft => ({
	name: `Ask about ${text}`,
	nodes: [
		node(using, 'whatsAppGatewayTrigger', 'Trigger', {
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

/** A trigger for messages with this text, which sends a poll to where it was written, and one for the votes. */
export const polling = (text: string, using: Using, options: string[]): WorkflowDraft => ({
	name: `Poll about ${text}`,
	nodes: [
		node(using, 'whatsAppGatewayTrigger', 'Trigger', {
			events: ['message.received'],
			filters: { text_contains: text },
		}),
		node(using, 'whatsAppGateway', 'Ask all', {
			resource: 'message',
			operation: 'poll',
			to: { __rl: true, mode: 'id', value: '={{ $json.chat_id }}' },
			name: text,
			options: options.join('\n'),
			additionalFields: { selectable_count: 1 },
		}),
		node(using, 'whatsAppGatewayTrigger', 'Votes', { events: ['poll.vote'] }),
	],
	connections: { Trigger: { main: [[{ node: 'Ask all', type: 'main', index: 0 }]] } },
})

type Credentials = NonNullable<WorkflowNode['credentials']>

/** An example of the documentation as it is imported; whoever imports it picks the credentials. */
export function example(
	file: string,
	{ credential: { id, name } }: Using,
	others: Record<string, Credentials> = {},
): WorkflowDraft {
	const text = readFileSync(join(ROOT, 'docs/examples', `${file}.json`), 'utf8')
	const draft: WorkflowDraft = JSON.parse(text)
	const own: Credentials = { whatsAppGatewayApi: { id, name } }
	const credentialsOf = ({ name, type }: WorkflowNode) =>
		others[name] ?? (type.startsWith(PACKAGE) ? own : undefined)
	const nodes = draft.nodes.map((node) => {
		const credentials = credentialsOf(node)
		return credentials ? { ...node, credentials } : node
	})
	return { ...draft, nodes }
}

/** The same workflow with other values in some parameters of a node. @throws if it has no such node */
export function withParameters(
	draft: WorkflowDraft,
	called: string,
	parameters: object,
): WorkflowDraft {
	if (!draft.nodes.some(({ name }) => name === called)) throw new Error(`No node ${called}`)
	const nodes = draft.nodes.map((node) =>
		node.name === called ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
	)
	return { ...draft, nodes }
}
