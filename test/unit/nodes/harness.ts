// The packed package inside n8n's own engine (n8n-core), without the 2 GB of n8n around it.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRequestOptionsSimplified,
	IRun,
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
const loader = new core.PackageDirectoryLoader((await packNodes()).directory)
await loader.loadAll()

export const credentialType = loader.getCredential('whatsAppGatewayApi').type as ICredentialType
export const sendNode = loader.getNode('whatsAppGateway').type as INodeType
export const triggerNode = loader.getNode('whatsAppGatewayTrigger').type as INodeType
export const askNode = loader.getNode('whatsAppSendAndWait').type as INodeType

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

const nodeTypes: INodeTypes = {
	getByName: (type) => (type === SEND ? sendNode : start),
	getByNameAndVersion: (type) => (type === SEND ? sendNode : start),
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

/** Runs WhatsApp Send once over these items. */
export async function send(
	items: (object | WithFiles)[],
	{ baseUrl, apiKey = 'key', headerName = 'X-API-Key', credential, settings, parameters }: Sending,
): Promise<IRun> {
	const node = (id: string, name: string, type: string): INode => ({
		id,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	})
	const sender: INode = {
		...node(NODE, 'Send', SEND),
		credentials: { whatsAppGatewayApi: { id: 'c1', name: 'Gateway' } },
		...settings,
		parameters: {
			resource: 'message',
			operation: 'text',
			session: { __rl: true, mode: 'id', value: 'main' },
			to: { __rl: true, mode: 'phone', value: '={{ $json.to }}' },
			text: '={{ $json.text }}',
			additionalFields: {},
			...parameters,
		},
	}
	const nodes = [node('n1', 'Start', 'test.start'), sender]
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
	const main = [items.map(itemOf)]
	const execution = workflows.createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: nodes[0] as INode, data: { main }, source: null }],
		},
	})
	const helper = new OneCredential({ baseUrl, apiKey, headerName, ...credential })
	const data = additionalData(helper, { id: WORKFLOW, name: 'Test', nodes, connections })
	return new core.WorkflowExecute(data, 'manual', execution).processRunExecutionData(workflow)
}

/** What Send handed on, item by item. */
export const sent = (run: IRun): INodeExecutionData[] =>
	run.data.resultData.runData.Send?.[0]?.data?.main?.[0] ?? []
