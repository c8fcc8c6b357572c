import type { Credential, WorkflowDraft, WorkflowNode } from '../../../support/n8n.ts'

type Linked = Pick<Credential, 'id' | 'name'>

/** Makes a workflow of nodes that follow each other. */
function chain(name: string, nodes: Omit<WorkflowNode, 'id' | 'position'>[]): WorkflowDraft {
	const connections: WorkflowDraft['connections'] = {}
	for (const [index, { name }] of nodes.slice(0, -1).entries())
		connections[name] = { main: [[{ node: nodes[index + 1]!.name, type: 'main', index: 0 }]] }
	const placed = nodes.map((node, index) => ({
		...node,
		id: crypto.randomUUID(),
		position: [index * 160, 0] as [number, number],
	}))
	return { name, nodes: placed, connections, settings: {} }
}

const evolution = (
	credential: Linked,
	name: string,
	resource: string,
	operation: string,
	parameters: object,
): Omit<WorkflowNode, 'id' | 'position'> => ({
	name,
	type: 'n8n-nodes-evolution-api.evolutionApi',
	typeVersion: 1,
	parameters: { resource, operation, ...parameters },
	credentials: { evolutionApi: { id: credential.id, name: credential.name } },
})

const hook = (path: string) => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { httpMethod: 'POST', path, options: {} },
	webhookId: crypto.randomUUID(),
})

/** One node for each operation that a workflow for Evolution API usually has. */
export function evolutionOperations(
	credential: Linked,
	{ to, picture, sound }: { to: string; picture: string; sound: string },
): WorkflowDraft {
	const instanceName = 'main'
	const message = { instanceName, remoteJid: to, options_message: {} }
	const send = (name: string, operation: string, fields: object) =>
		evolution(credential, name, 'messages-api', operation, { ...message, ...fields })
	return chain('Evolution API, every operation', [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		send('Text', 'send-text', { messageText: 'Hello from the Evolution node' }),
		send('Image', 'send-image', { media: picture, mimetype: 'image/png', caption: 'Look' }),
		send('Audio', 'send-audio', { media: sound }),
		send('Poll', 'send-poll', {
			caption: 'Colour?',
			options_display: { metadataValues: [{ optionValue: 'Red' }, { optionValue: 'Blue' }] },
		}),
		evolution(credential, 'Groups', 'groups-api', 'fetch-groups', {
			instanceName,
			searchMethod: 'fetchAll',
			getParticipants: true,
		}),
		evolution(credential, 'Create', 'instances-api', 'instance-basic', {
			instanceName: 'from-n8n',
			token: '',
			number: '',
			options_Create_instance: {},
		}),
		evolution(credential, 'QR', 'instances-api', 'instance-connect', { instanceName: 'from-n8n' }),
	])
}

/** Answers as templates for Evolution API do: they read `body.data`. */
export const evolutionAnswer = (credential: Linked, path: string): WorkflowDraft =>
	chain('Evolution API, an answer', [
		hook(path),
		evolution(credential, 'Answer', 'messages-api', 'send-text', {
			instanceName: '={{ $json.body.instance }}',
			remoteJid: '={{ $json.body.data.key.remoteJid }}',
			messageText: '=You said: {{ $json.body.data.message.conversation }}',
			options_message: {},
		}),
	])

/** Answers as templates for WAHA do: they read `body.event` and `body.payload`. */
export const wahaAnswer = (url: string, key: string, path: string): WorkflowDraft =>
	chain('WAHA, an answer', [
		hook(path),
		{
			name: 'Messages only',
			type: 'n8n-nodes-base.filter',
			typeVersion: 2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, typeValidation: 'strict' },
					combinator: 'and',
					conditions: [
						{
							id: crypto.randomUUID(),
							leftValue: '={{ $json.body.event }}',
							rightValue: 'message',
							operator: { type: 'string', operation: 'equals' },
						},
					],
				},
			},
		},
		{
			name: 'Answer',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: `${url}/api/sendText`,
				sendHeaders: true,
				headerParameters: { parameters: [{ name: 'X-Api-Key', value: key }] },
				sendBody: true,
				specifyBody: 'json',
				jsonBody:
					'={{ { session: $json.body.session, chatId: $json.body.payload.from, text: "WAHA heard: " + $json.body.payload.body, reply_to: $json.body.payload.id } }}',
			},
		},
	])
