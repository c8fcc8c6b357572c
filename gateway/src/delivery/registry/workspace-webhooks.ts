import { z } from 'zod'
import { createMutex } from '../../lib/keyed-mutex.ts'
import { GatewayError } from '../../errors.ts'
import { ulid } from '../../lib/ulid.ts'
import type { Log } from '../../log.ts'
import type { Storage } from '../../storage/driver.ts'
import type { Webhooks } from './webhooks.ts'
import { newSecret } from '../signature.ts'

const workspaceWebhook = z.object({
	id: z.string(),
	workspace: z.string(),
	name: z.string(),
	url: z.string(),
	format: z.string(),
	/** Only what has one of these names in its format; null for all. */
	event_names: z.array(z.string()).nullable(),
	secret: z.string(),
	disabled: z.boolean(),
	/** Set by an admin: may reach private networks. */
	trusted: z.boolean(),
	created_at: z.string(),
})

export type WorkspaceWebhook = z.output<typeof workspaceWebhook>

type Changeable = Pick<WorkspaceWebhook, 'name' | 'url' | 'event_names' | 'disabled'>

/** A session, as far as workspaces are concerned. */
type Member = { id: string; workspace: string | null }

export type WorkspaceWebhooksOptions = {
	storage: Storage
	webhooks: Webhooks
	sessions(): Member[]
	/** Whether other gateways change them too: their sessions follow them there, ours here. */
	isShared?: boolean
	log: Log
}

/** A webhook for all sessions of a workspace. */
export type WorkspaceWebhooks = Awaited<ReturnType<typeof openWorkspaceWebhooks>>

/**
 * Each is a webhook of the same id in every session of its workspace, in those too that are made later. What is
 * wanted is written first, then the sessions follow; where something comes in between, they follow at the next start.
 */
export async function openWorkspaceWebhooks(options: WorkspaceWebhooksOptions) {
	const { storage, webhooks, log } = options
	// Two additions at the same time would add a webhook twice.
	const inTurn = createMutex()
	const schema = z.array(workspaceWebhook)
	const document = await storage.document('workspace-webhooks', () => [], schema)
	const isOf = (workspace: string, id: string) => (hook: WorkspaceWebhook) =>
		hook.workspace === workspace && hook.id === id

	function membersOf({ workspace, id }: WorkspaceWebhook) {
		return options
			.sessions()
			.filter((session) => session.workspace === workspace)
			.map((session) => ({
				session: session.id,
				webhook: webhooks.list(session.id).find((webhook) => webhook.id === id),
			}))
	}

	async function follow(hook: WorkspaceWebhook, session: string) {
		const { id, url, format, event_names, secret, disabled, trusted } = hook
		const wanted = { id, url, format, event_names, secret, disabled }
		await webhooks.add(session, wanted, trusted)
	}

	/** Gives a session what its workspace has and it has not, and takes what another workspace has. */
	async function fit({ id, workspace }: Member) {
		const has = new Set(webhooks.list(id).map((webhook) => webhook.id))
		for (const hook of document.data) {
			const isIts = hook.workspace === workspace
			if (isIts && !has.has(hook.id)) await follow(hook, id)
			if (!isIts && has.has(hook.id)) await webhooks.remove(id, hook.id)
		}
	}

	function get(workspace: string, id: string): WorkspaceWebhook {
		const hook = document.data.find(isOf(workspace, id))
		if (hook) return hook
		throw new GatewayError('webhook_not_found', `The workspace has no webhook ${id}.`)
	}

	async function joined(session: Member) {
		await inTurn(() => fit(session)).catch((err) =>
			log.error({ err, session: session.id }, 'webhooks of its workspace not set'),
		)
	}

	/** Does in the sessions that are here what another gateway has done to the webhooks of a workspace. */
	async function followOthers(before: readonly WorkspaceWebhook[]) {
		const now = document.data
		for (const hook of before.filter(({ id }) => !now.some((other) => other.id === id)))
			for (const { session, webhook } of membersOf(hook))
				if (webhook) await webhooks.remove(session, hook.id)
		for (const hook of now) {
			const { name: _, id, workspace: __, created_at: ___, trusted, ...change } = hook
			const old = before.find((other) => other.id === id)
			const isChanged = JSON.stringify(old) !== JSON.stringify(hook)
			for (const { session, webhook } of isChanged ? membersOf(hook) : [])
				if (!webhook) await follow(hook, session)
				else if (old) await webhooks.update(session, id, change, trusted)
		}
	}

	let seen: readonly WorkspaceWebhook[] = document.data
	document.watch(() => {
		const before = seen
		seen = document.data
		if (!options.isShared) return
		inTurn(() => followOthers(before)).catch((err) =>
			log.error({ err }, 'webhooks of a workspace do not follow what another gateway has done'),
		)
	})

	return {
		list: (workspace: string) => document.data.filter((hook) => hook.workspace === workspace),
		get,
		/** One of the sessions' webhooks that it consists of; undefined if its workspace has no session. */
		anyOf: (hook: WorkspaceWebhook) => membersOf(hook).find(({ webhook }) => webhook)?.webhook,
		async add(
			workspace: string,
			wanted: Changeable & Pick<WorkspaceWebhook, 'format'>,
			trusted: boolean,
		) {
			await webhooks.check(wanted, trusted)
			const hook: WorkspaceWebhook = {
				...wanted,
				id: `wh_${ulid()}`,
				workspace,
				secret: newSecret(),
				trusted,
				created_at: new Date().toISOString(),
			}
			return inTurn(async () => {
				await document.update((hooks) => void hooks.push(hook))
				for (const { session } of membersOf(hook)) await follow(hook, session)
				return hook
			})
		},
		async update(workspace: string, id: string, wanted: Partial<Changeable>, trusted: boolean) {
			get(workspace, id)
			if (wanted.url !== undefined) await webhooks.check({ url: wanted.url }, trusted)
			return inTurn(async () => {
				await document.update((hooks) => {
					const hook = hooks.find(isOf(workspace, id))
					if (hook) Object.assign(hook, wanted, wanted.url !== undefined && { trusted })
				})
				const hook = get(workspace, id)
				const { name: _, ...change } = wanted
				for (const { session, webhook } of membersOf(hook))
					if (webhook) await webhooks.update(session, id, change, trusted)
					else await follow(hook, session)
				return hook
			})
		},
		async remove(workspace: string, id: string) {
			await inTurn(async () => {
				for (const { session, webhook } of membersOf(get(workspace, id)))
					if (webhook) await webhooks.remove(session, id)
				await document.update((hooks) => {
					const index = hooks.findIndex(isOf(workspace, id))
					if (index >= 0) hooks.splice(index, 1)
				})
			})
		},
		/** A session is new, or belongs to another workspace now. */
		joined,
		/** Goes on with what the last stop has interrupted. */
		async start() {
			for (const session of options.sessions()) await joined(session)
		},
	}
}
