// n8n's REST API as its own editor uses it; it is not documented, so compose.yaml names the version that was tried.
import { ask, until } from './http.ts'

export type Login = { email: string; password: string }
export type Credential = { id: string; name: string; type: string }
export type Workflow = { id: string; versionId: string; nodes: WorkflowNode[] }

type WorkflowNode = { type: string; webhookId?: string }
type Draft = { name: string; nodes: WorkflowNode[] }

/** n8n at an address, before anybody has logged in. */
export function n8nAt(url: string) {
	let cookie = ''

	async function call<T>(method: string, path: string, body?: object): Promise<T> {
		// n8n binds the cookie to the browser that logged in.
		const headers = { 'browser-id': 'whatsapp-gateway', cookie }
		const answer = await ask<{ data: T }>(method, `${url}/rest${path}`, { headers, body })
		const login = answer.headers.getSetCookie().find((value) => value.startsWith('n8n-auth='))
		if (login) [cookie = ''] = login.split(';')
		return answer.data.data
	}

	return {
		async hasOwner(): Promise<boolean> {
			type Settings = { userManagement: { showSetupOnFirstLoad: boolean } }
			return !(await call<Settings>('GET', '/settings')).userManagement.showSetupOnFirstLoad
		},

		makeOwner: (login: Login) =>
			call('POST', '/owner/setup', { ...login, firstName: 'n8n', lastName: 'Owner' }),

		login: ({ email, password }: Login) =>
			call('POST', '/login', { emailOrLdapLoginId: email, password }),

		/** Makes the credential with this name and type, or gives the one that is there these values. */
		async saveCredential(name: string, type: string, data: object): Promise<Credential> {
			const known = await call<Credential[]>('GET', '/credentials')
			const same = known.find((credential) => credential.name === name && credential.type === type)
			if (!same) return call('POST', '/credentials', { name, type, data })
			return call('PATCH', `/credentials/${same.id}`, { name, type, data })
		},

		/** The workflow with this name. */
		async findWorkflow(name: string): Promise<{ id: string } | undefined> {
			const filter = encodeURIComponent(JSON.stringify({ name }))
			const found = await call<{ id: string; name: string }[]>('GET', `/workflows?filter=${filter}`)
			return found.find((workflow) => workflow.name === name)
		},

		/** @param credential is chosen in the nodes of our package */
		createWorkflow(draft: Draft, { id, name, type }: Credential): Promise<Workflow> {
			const nodes = draft.nodes.map((node) => ({
				...node,
				...(node.type.startsWith('n8n-nodes-whatsapp-gateway.') && {
					credentials: { [type]: { id, name } },
				}),
			}))
			return call('POST', '/workflows', { pinData: {}, ...draft, nodes })
		},

		activate: ({ id, versionId }: Workflow) =>
			call('POST', `/workflows/${id}/activate`, { versionId }),

		/** Waits until n8n knows the URL of our trigger: then an unsigned call is refused, not "not found". */
		listensAt: (webhook: string) =>
			until(
				'n8n listens for the trigger',
				async () => (await fetch(webhook, { method: 'POST' })).status === 401,
			),
	}
}
