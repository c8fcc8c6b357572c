// The packed package inside n8n's own engine (n8n-core), without the 2 GB of n8n around it.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHookFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRequestOptionsSimplified,
	IRun,
	IWebhookFunctions,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow'
import { packNodes } from '../../support/pack.ts'

const home = mkdtempSync(join(tmpdir(), 'n8n-core-'))
process.on('exit', () => rmSync(home, { recursive: true, force: true }))
process.env.N8N_USER_FOLDER = home
process.env.N8N_LOG_LEVEL = 'warn'

// The package is CommonJS, so what it requires must be the copy of n8n-workflow that the engine
// uses, or its errors are none to the engine.
const require = createRequire(createRequire(import.meta.url).resolve('n8n-core'))
require('reflect-metadata')
const core = require('n8n-core') as typeof import('n8n-core')
const workflows = require('n8n-workflow') as typeof import('n8n-workflow')

const SEND = 'n8n-nodes-whatsapp-gateway.whatsAppGateway'
const ASK = 'n8n-nodes-whatsapp-gateway.whatsAppSendAndWait'
const TRIGGER = 'n8n-nodes-whatsapp-gateway.whatsAppGatewayTrigger'
const loader = new core.PackageDirectoryLoader((await packNodes()).directory)
await loader.loadAll()

export const credentialType = loader.getCredential('whatsAppGatewayApi').type as ICredentialType
export const sendNode = loader.getNode('whatsAppGateway').type as INodeType
export const triggerNode = loader.getNode('whatsAppGatewayTrigger').type as INodeType
export const askNode = loader.getNode('whatsAppSendAndWait').type as INodeType
export const { NodeHelpers } = workflows

const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Hands on what it gets',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()]
	},
}

const nodeOf = (type: string) =>
	({ [SEND]: sendNode, [ASK]: askNode, [TRIGGER]: triggerNode })[type] ?? start

const nodeTypes: INodeTypes = {
	getByName: nodeOf,
	getByNameAndVersion: nodeOf,
	getKnownTypes: () => loader.known.nodes,
}

/** `={{ $credentials.x }}`, the only kind of expression that the credential uses. */
const resolved = (text: string, credential: ICredentialDataDecryptedObject): string =>
	text.replace(/^=\{\{\s*\$credentials\.(\w+)\s*\}\}$/, (_, name: string) =>
		String(credential[name]),
	)

class OneCredential extends workflows.ICredentialsHelper {
	readonly data: ICredentialDataDecryptedObject

	constructor(data: ICredentialDataDecryptedObject) {
		super()
		this.data = data
	}

	override async authenticate(
		credential: ICredentialDataDecryptedObject,
		_type: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = credentialType
		if (typeof authenticate !== 'object') throw new Error('The credential is a generic one')
		const entries = Object.entries(authenticate.properties.headers ?? {}).map(([name, value]) => [
			resolved(name, credential),
			resolved(String(value), credential),
		])
		const headers = { ...request.headers, ...Object.fromEntries(entries) }
		return { ...(request as IHttpRequestOptions), headers }
	}

	override getParentTypes = (): string[] => []
	override isCredentialUsableByNode = (): boolean => true
	override preAuthentication = async () => undefined
	override runPreAuthentication = async () => undefined
	override getDecrypted = async () => this.data
	override getCredentialsProperties = (): INodeProperties[] => credentialType.properties
	override getCredentials = (): never => this.unused()
	override updateCredentials = (): never => this.unused()
	override updateCredentialsOauthTokenData = (): never => this.unused()

	private unused(): never {
		throw new Error('Not needed to send a message')
	}
}

const additionalData = (
	helper: OneCredential,
	workflow: { id: string; name: string; nodes: INode[]; connections: object },
): IWorkflowExecuteAdditionalData => {
	const needed: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper: helper,
		currentNodeExecutionIndex: 0,
		executionId: EXECUTION,
		variables: {},
		restApiUrl: '',
		instanceBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		formBaseUrl: '',
		formTestBaseUrl: '',
		mcpBaseUrl: '',
		mcpTestBaseUrl: '',
		hooks: new core.ExecutionLifecycleHooks('manual', EXECUTION, workflow as never),
	}
	return needed as IWorkflowExecuteAdditionalData
}

export const WORKFLOW = 'w1'
export const EXECUTION = 'e1'
export const NODE = 'n2'

export interface Sending {
	baseUrl: string
	apiKey?: string
	headerName?: string
	/** Further fields of the credential. */
	credential?: ICredentialDataDecryptedObject
	/** Settings of the node itself, such as onError. */
	settings?: Partial<INode>
	parameters?: object
}

/** An item that has files. */
export interface WithFiles {
	json: object
	binary: IBinaryKeyData
}

const itemOf = (item: object): INodeExecutionData =>
	('binary' in item ? item : { json: item }) as INodeExecutionData

/** A file as n8n keeps it in an item. */
export const binaryFile = (bytes: Buffer, mimeType: string, fileName?: string) => ({
	data: bytes.toString('base64'),
	mimeType,
	...(fileName && { fileName }),
})

const chosen = { session: { __rl: true, mode: 'id', value: 'main' } }

/** Runs WhatsApp Send once over these items. */
export const send = (items: (object | WithFiles)[], sending: Sending): Promise<IRun> =>
	run(SEND, items, {
		...sending,
		parameters: {
			...chosen,
			resource: 'message',
			operation: 'text',
			to: { __rl: true, mode: 'phone', value: '={{ $json.to }}' },
			text: '={{ $json.text }}',
			additionalFields: {},
			...sending.parameters,
		},
	})

const askingOf = ({ parameters, ...sending }: Sending): Sending => ({
	...sending,
	parameters: {
		...chosen,
		to: { __rl: true, mode: 'phone', value: '491701234567' },
		...parameters,
	},
})

/** Runs WhatsApp Send and Wait up to its question. */
export const ask = (sending: Sending): Promise<IRun> => run(ASK, [{}], askingOf(sending))

/** What n8n gives to the webhook of WhatsApp Send and Wait, when the gateway calls it with an answer. */
export function answering(sending: Sending): IWebhookFunctions {
	const { node, workflow, data } = prepared(ASK, askingOf(sending))
	const { webhooks: [description] = [] } = askNode.description
	const webhook = { webhookDescription: description, path: '', workflowId: WORKFLOW } as never
	return new core.WebhookContext(workflow, node, data, 'manual', webhook, [], null)
}

/** What n8n gives to WhatsApp Trigger when its workflow is published or unpublished. */
export function publishing(sending: Sending): IHookFunctions {
	const { node, workflow, data } = prepared(TRIGGER, sending)
	node.webhookId = 'hook'
	const { webhooks: [description] = [] } = triggerNode.description
	const webhook = { webhookDescription: description, path: 'hook', workflowId: WORKFLOW } as never
	return new core.HookContext(workflow, node, data, 'trigger', 'activate', webhook)
}

/** A workflow with this node, and what n8n knows besides. */
function prepared(
	type: string,
	{ baseUrl, apiKey = 'key', headerName = 'X-API-Key', credential, settings, parameters }: Sending,
) {
	const nodeFor = (id: string, name: string, type: string): INode => ({
		id,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	})
	const node: INode = {
		...nodeFor(NODE, 'Send', type),
		credentials: { whatsAppGatewayApi: { id: 'c1', name: 'Gateway' } },
		...settings,
		parameters: { ...parameters } as INode['parameters'],
	}
	const first = nodeFor('n1', 'Start', 'test.start')
	const nodes = [first, node]
	const connections = { Start: { main: [[{ node: 'Send', type: 'main' as const, index: 0 }]] } }
	const workflow = new workflows.Workflow({
		id: WORKFLOW,
		name: 'Test',
		nodes,
		connections,
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: 'Europe/Berlin' },
	})
	const helper = new OneCredential({ baseUrl, apiKey, headerName, ...credential })
	const data = additionalData(helper, { id: WORKFLOW, name: 'Test', nodes, connections })
	return { first, node, workflow, data }
}

async function run(type: string, items: (object | WithFiles)[], sending: Sending): Promise<IRun> {
	const { first, workflow, data } = prepared(type, sending)
	const execution = workflows.createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: first, data: { main: [items.map(itemOf)] }, source: null }],
		},
	})
	return new core.WorkflowExecute(data, 'manual', execution).processRunExecutionData(workflow)
}

/** What Send handed on, item by item. */
export const sent = (run: IRun): INodeExecutionData[] =>
	run.data.resultData.runData.Send?.[0]?.data?.main?.[0] ?? []
