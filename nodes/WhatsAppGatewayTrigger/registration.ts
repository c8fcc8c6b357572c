import type { IDataObject, IHookFunctions, IWebhookFunctions, JsonObject } from 'n8n-workflow'
import { NodeApiError } from 'n8n-workflow'
import { sessionOf } from '../shared/sessions'
import { callGateway } from '../shared/transport'
import { beginningOf, ownUrl, wantedBy, type Wanted } from './desired-webhook'

/** What the trigger stores between activation, deliveries and deactivation. */
export interface Registration extends IDataObject {
	session: string
	webhookId: string
	secret: string
}

interface Webhook extends Wanted {
	id: string
	/** The gateway stops sending when a URL once answered 410 Gone. */
	disabled_at?: string | null
}

const webhooksOf = (session: string): string => `/sessions/${encodeURIComponent(session)}/webhooks`

export const registrationOf = (
	trigger: IHookFunctions | IWebhookFunctions,
): Registration | undefined =>
	trigger.getWorkflowStaticData('node').registration as Registration | undefined

const forget = (hook: IHookFunctions): void => {
	delete hook.getWorkflowStaticData('node').registration
}

const chosenSession = (hook: IHookFunctions): string =>
	hook.getNodeParameter('session', '', { extractValue: true }) as string

/** A webhook that was deleted meanwhile is no error. */
async function unlessGone<T>(hook: IHookFunctions, call: Promise<T>): Promise<T | undefined> {
	try {
		return await call
	} catch (error) {
		const refusal = new NodeApiError(hook.getNode(), error as JsonObject)
		if (refusal.httpCode === '404') return undefined
		throw refusal
	}
}

/** Deleting a session deletes its webhooks. */
async function webhooksAt(hook: IHookFunctions, session: string): Promise<Webhook[]> {
	const path = webhooksOf(session)
	const call = callGateway<{ webhooks: Webhook[] }>(hook, 'GET', path)
	return (await unlessGone(hook, call))?.webhooks ?? []
}

/**
 * The webhooks of this trigger: by its URL, its resume name or the stored id, because n8n's address may have
 * changed since. Test and production have URLs and memories of their own and never meet.
 */
async function registeredHere(
	hook: IHookFunctions,
	session: string,
	place: string | null,
): Promise<Webhook[]> {
	const url = ownUrl(hook)
	const known = registrationOf(hook)?.webhookId
	return (await webhooksAt(hook, session)).filter(
		({ id, resume, ...webhook }) =>
			webhook.url === url || id === known || (place !== null && resume === place),
	)
}

/** The same in whatever order its fields come; an order of a list does not count either. */
function canonical(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(String).sort()
	if (typeof value !== 'object' || value === null) return value
	const entries = Object.entries(value).map(([name, field]) => [name, canonical(field)] as const)
	return entries.sort(([a], [b]) => a.localeCompare(b))
}

function isAsWanted({ url, events, filter, ...more }: Webhook, wanted: Wanted): boolean {
	const { merge = null, raw = false, skip_deleted = false, resume = null } = more
	const found = { url, events, filter, merge, raw, skip_deleted, resume }
	return JSON.stringify(canonical(found)) === JSON.stringify(canonical({ ...wanted }))
}

/** True only when what the gateway holds is what we would make, and we still know its secret. */
export async function isRegistered(hook: IHookFunctions): Promise<boolean> {
	const session = await sessionOf(hook, chosenSession(hook))
	const wanted = wantedBy(hook)
	const [webhook, ...more] = await registeredHere(hook, session, wanted.resume)
	const known = registrationOf(hook)
	return (
		webhook !== undefined &&
		more.length === 0 &&
		!webhook.disabled_at &&
		known?.webhookId === webhook.id &&
		known.session === session &&
		isAsWanted(webhook, wanted)
	)
}

/** Makes this the only webhook with our URL: what an earlier crash left behind goes first. */
export async function register(hook: IHookFunctions): Promise<void> {
	const { resume, merge, raw, ...wanted } = wantedBy(hook)
	const session = await sessionOf(hook, chosenSession(hook))
	await removeAll(hook, resume, session)
	const { id, secret } = await callGateway<{ id: string; secret: string }>(
		hook,
		'POST',
		webhooksOf(session),
		{
			body: {
				...wanted,
				...(merge && { merge }),
				...(raw && { raw }),
				...(resume && { resume }),
				...beginningOf(hook),
			},
		},
	)
	const registration: Registration = { session, webhookId: id, secret }
	hook.getWorkflowStaticData('node').registration = registration
}

/**
 * Deletes the registered webhook. Not by its resume name: n8n 2.41.1 does not tell the end of a test in the editor
 * from a deactivation, and a test has no resume name.
 */
export const unregister = (hook: IHookFunctions): Promise<void> =>
	removeAll(hook, null, chosenSession(hook))

/** From this session, if one is chosen, and from the one where we registered. */
async function removeAll(
	hook: IHookFunctions,
	place: string | null,
	chosen: string,
): Promise<void> {
	const sessions = new Set([chosen, registrationOf(hook)?.session ?? ''])
	for (const session of sessions) {
		if (!session) continue
		for (const { id } of await registeredHere(hook, session, place)) {
			const path = `${webhooksOf(session)}/${encodeURIComponent(id)}`
			await unlessGone(hook, callGateway(hook, 'DELETE', path))
		}
	}
	forget(hook)
}
