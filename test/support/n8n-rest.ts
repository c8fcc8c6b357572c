// n8n's REST API as its own editor uses it; it is not documented, so what follows was read off n8n 2.41.1.
import { parse } from 'flatted'
import { until } from './wait.ts'
import { onItsOwn } from './on-its-own.ts'

export interface Credential {
	id: string
	name: string
	type: string
}

export interface WorkflowNode {
	id: string
	name: string
	type: string
	typeVersion: number
	position: [number, number]
	parameters: Record<string, unknown>
	credentials?: Record<string, { id: string; name: string }>
	webhookId?: string
	executeOnce?: boolean
	alwaysOutputData?: boolean
	onError?: 'continueRegularOutput' | 'continueErrorOutput' | 'stopWorkflow'
	retryOnFail?: boolean
	maxTries?: number
	waitBetweenTries?: number
}

export interface WorkflowDraft {
	name: string
	nodes: WorkflowNode[]
	connections: Record<string, { main: { node: string; type: 'main'; index: number }[][] }>
	settings?: Record<string, unknown>
	pinData?: Record<string, { json: Record<string, unknown> }[]>
}

export interface Workflow extends WorkflowDraft {
	id: string
	versionId: string
	active: boolean
}

export interface NodeFailure {
	message: string
	description?: string
	httpCode?: string
}

export interface Item {
	json: Record<string, unknown>
	binary?: Record<string, { mimeType: string; fileName?: string; data: string; id?: string }>
	pairedItem?: unknown
}

export interface Execution {
	id: string
	status: string
	mode: string
	data: {
		/** What was about to run. */
		executionData?: {
			nodeExecutionStack: { node: { name: string }; data: { main?: (Item[] | null)[] } }[]
		}
		resultData: {
			error?: NodeFailure
			runData: Record<string, { data?: { main?: (Item[] | null)[] }; error?: NodeFailure }[]>
		}
	}
}

/** A row of a data table. */
export type Row = Record<string, string | number | boolean | null>

export interface NodeType {
	name: string
	displayName: string
	iconUrl?: { light: string; dark: string } | string
}

export interface OwnerLogin {
	email: string
	password: string
}

/** One with hundreds of items, on a machine that has other work. */
const LONGEST_EXECUTION = 180_000
const PATIENCE = 30_000
const FINISHED = ['success', 'error', 'crashed', 'canceled']

/** The items that a node handed on through its first output. */
export const outputOf = (execution: Execution, node: string): Item[] =>
	execution.data.resultData.runData[node]?.[0]?.data?.main?.[0] ?? []

/** The items that were about to go into a node when n8n was killed. */
export const waitingFor = ({ data }: Execution, node: string): Item[] =>
	data.executionData?.nodeExecutionStack.find((next) => next.node.name === node)?.data.main?.[0] ??
	[]

export async function n8nRest(url: string, owner: OwnerLogin) {
	let cookie = ''

	async function call(method: string, path: string, body?: object): Promise<Response> {
		// n8n binds the cookie to the browser that logged in
		const response = await fetch(`${url}${path}`, {
			method,
			headers: {
				...{ 'content-type': 'application/json', 'browser-id': 'whatsapp-gateway', cookie },
				...onItsOwn,
			},
			body: body && JSON.stringify(body),
		})
		const login = response.headers.getSetCookie().find((value) => value.startsWith('n8n-auth='))
		if (login) [cookie = ''] = login.split(';')
		if (response.ok) return response
		const answer = await response.text()
		throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${answer.slice(0, 500)}`)
	}

	async function rest<T>(method: string, path: string, body?: object): Promise<T> {
		const answer = (await (await call(method, `/rest${path}`, body)).json()) as { data: T }
		return answer.data
	}

	const { userManagement } = await rest<{
		userManagement: { showSetupOnFirstLoad: boolean }
	}>('GET', '/settings')
	if (userManagement.showSetupOnFirstLoad)
		await rest('POST', '/owner/setup', { ...owner, firstName: 'WhatsApp', lastName: 'Gateway' })
	await rest('POST', '/login', { emailOrLdapLoginId: owner.email, password: owner.password })

	const createCredential = (name: string, type: string, data: object): Promise<Credential> =>
		rest('POST', '/credentials', { name, type, data })

	const execution = async (id: string): Promise<Execution> => {
		const found = await rest<Execution & { data: unknown }>('GET', `/executions/${id}`)
		return typeof found.data === 'string' ? { ...found, data: parse(found.data) } : found
	}

	const finished = (id: string): Promise<Execution> =>
		until(
			`execution ${id} ends`,
			async () => {
				const found = await execution(id)
				return FINISHED.includes(found.status) && found
			},
			{ timeout: LONGEST_EXECUTION },
		)

	const executions = async (workflow: Workflow): Promise<Omit<Execution, 'data'>[]> => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }))
		const { results } = await rest<{ results: Omit<Execution, 'data'>[] }>(
			'GET',
			`/executions?limit=100&filter=${filter}`,
		)
		return results
	}

	let home: Promise<string> | undefined

	/** The data tables of the owner. */
	async function tables<T>(method: string, path = '', body?: object): Promise<T> {
		home ??= rest<{ id: string }>('GET', '/projects/personal').then(({ id }) => id)
		return rest<T>(method, `/projects/${await home}/data-tables${path}`, body)
	}

	/** @throws if there is no such data table */
	async function tableId(name: string): Promise<string> {
		const { data } = await tables<{ data: { id: string; name: string }[] }>('GET')
		const found = data.find((table) => table.name === name)
		if (!found) throw new Error(`n8n has no data table ${name}`)
		return found.id
	}

	return {
		createCredential,

		/** The rows of a data table, oldest first. */
		async rows(table: string): Promise<Row[]> {
			const path = `/${await tableId(table)}/rows?sortBy=id:asc&take=100`
			return (await tables<{ data: Row[] }>('GET', path)).data
		},

		/** Adds rows to a data table. */
		insertRows: async (table: string, data: Row[]) =>
			tables('POST', `/${await tableId(table)}/insert`, { data, returnType: 'count' }),

		/** Makes the credential with this name, or gives the one that is there these values. */
		async saveCredential(name: string, type: string, data: object): Promise<Credential> {
			const known = await rest<Credential[]>('GET', '/credentials')
			const same = known.find((credential) => credential.name === name && credential.type === type)
			if (!same) return createCredential(name, type, data)
			return rest('PATCH', `/credentials/${same.id}`, { name, type, data })
		},

		testCredential: ({ id, name, type }: Credential, data: object) =>
			rest<{ status: 'OK' | 'Error'; message: string }>('POST', '/credentials/test', {
				credentials: { id, name, type, data },
			}),

		/** As the editor imports a workflow: webhooks get new ids, so that it can be imported twice. */
		createWorkflow: (draft: WorkflowDraft) =>
			rest<Workflow>('POST', '/workflows', {
				pinData: {},
				...draft,
				nodes: draft.nodes.map((node) =>
					node.webhookId ? { ...node, webhookId: crypto.randomUUID() } : node,
				),
				settings: { executionOrder: 'v1', ...draft.settings },
			}),

		/** By name, so that a second start finds what the first one made. */
		async findWorkflow(name: string): Promise<Workflow | undefined> {
			const filter = encodeURIComponent(JSON.stringify({ name }))
			const found = await rest<Workflow[]>('GET', `/workflows?filter=${filter}`)
			const same = found.find((workflow) => workflow.name === name)
			return same && rest('GET', `/workflows/${same.id}`)
		},

		/** n8n answers at once and goes on in the background: see `live`. */
		activate: ({ id, versionId }: Workflow) =>
			rest<Workflow>('POST', `/workflows/${id}/activate`, { versionId }),

		/** Waits until n8n knows the URL of our trigger: then an unsigned call is refused, not "not found". */
		live: (webhookUrl: string) =>
			until(
				`n8n listens at ${webhookUrl}`,
				async () => (await fetch(webhookUrl, { method: 'POST' })).status === 401,
				{ timeout: PATIENCE },
			),

		deactivate: ({ id }: Workflow) => rest<Workflow>('POST', `/workflows/${id}/deactivate`, {}),

		/** Runs the saved workflow from its trigger `start`, as the editor's button does. */
		async run({ id }: Workflow, start: string): Promise<Execution> {
			const { executionId } = await rest<{ executionId: string }>('POST', `/workflows/${id}/run`, {
				triggerToStartFrom: { name: start },
			})
			return finished(executionId)
		},

		/** Presses "Listen for test event": the test webhook is registered until one event came or this is undone. */
		listen: ({ id }: Workflow, start: string) =>
			rest<{ waitingForWebhook?: boolean }>('POST', `/workflows/${id}/run`, {
				triggerToStartFrom: { name: start },
			}),

		stopListening: ({ id }: Workflow) => rest('DELETE', `/test-webhook/${id}`),

		executions,

		execution,

		/** The newest finished execution that is not one of `before`. */
		waitForExecution: (workflow: Workflow, before: { id: string }[] = []): Promise<Execution> =>
			until(
				`workflow "${workflow.name}" runs`,
				async () => {
					const known = new Set(before.map(({ id }) => id))
					const [newest] = (await executions(workflow)).filter(({ id }) => !known.has(id))
					return newest && FINISHED.includes(newest.status) && (await execution(newest.id))
				},
				{ timeout: PATIENCE },
			),

		nodeTypes: async () => (await (await call('GET', '/types/nodes.json')).json()) as NodeType[],

		icon: async (path: string) => (await call('GET', `/${path}`)).text(),

		/** The bytes of a binary field, wherever n8n keeps them. */
		async bytesOf({ id, data }: NonNullable<Item['binary']>[string]): Promise<Buffer> {
			if (!id) return Buffer.from(data, 'base64')
			const path = `/rest/binary-data?action=download&id=${encodeURIComponent(id)}`
			return Buffer.from(await (await call('GET', path)).arrayBuffer())
		},

		/** What a resource locator's list offers. */
		listSearch: (node: WorkflowNode, parameter: string, methodName: string, filter?: string) =>
			rest<{ results: { name: string; value: string }[] }>(
				'POST',
				'/dynamic-node-parameters/resource-locator-results',
				{
					path: `parameters.${parameter}`,
					methodName,
					nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
					currentNodeParameters: node.parameters,
					credentials: node.credentials,
					filter,
				},
			),
	}
}
