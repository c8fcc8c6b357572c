import type { IDataObject, IHookFunctions, IWebhookFunctions, JsonObject } from 'n8n-workflow'
import { NodeApiError, NodeOperationError } from 'n8n-workflow'
import { callGateway } from '../shared/transport'

/** What the trigger remembers between activation, deliveries and deactivation. */
export interface Registration extends IDataObject {
	session: string
	webhookId: string
	secret: string
}

interface Webhook {
	id: string
	url: string
	events: string[]
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

const chosenEvents = (hook: IHookFunctions): string[] =>
	hook.getNodeParameter('events', []) as string[]

function ownUrl(hook: IHookFunctions): string {
	const url = hook.getNodeWebhookUrl('default')
	if (!url) throw new NodeOperationError(hook.getNode(), 'n8n gave this trigger no webhook URL')
	return url
}

/** A session that is gone took its webhooks with it. */
async function webhooksAt(hook: IHookFunctions, session: string): Promise<Webhook[]> {
	try {
		const path = webhooksOf(session)
		return (await callGateway<{ webhooks: Webhook[] }>(hook, 'GET', path)).webhooks
	} catch (error) {
		const refusal = new NodeApiError(hook.getNode(), error as JsonObject)
		if (refusal.httpCode === '404') return []
		throw refusal
	}
}

/**
 * The webhooks that are ours: by our URL, or by what we remember, because n8n may have got another
 * address since. Test and production have URLs and memories of their own and never meet.
 */
async function registeredHere(hook: IHookFunctions, session: string): Promise<Webhook[]> {
	const url = ownUrl(hook)
	const known = registrationOf(hook)?.webhookId
	return (await webhooksAt(hook, session)).filter(
		(webhook) => webhook.url === url || webhook.id === known,
	)
}

const sameSet = (a: string[], b: string[]): boolean =>
	a.length === b.length && a.every((value) => b.includes(value))

/** True only when what the gateway holds is what we would make, and we still know its secret. */
export async function isRegistered(hook: IHookFunctions): Promise<boolean> {
	const session = chosenSession(hook)
	const [webhook, ...more] = await registeredHere(hook, session)
	const known = registrationOf(hook)
	return (
		webhook !== undefined &&
		more.length === 0 &&
		!webhook.disabled_at &&
		webhook.url === ownUrl(hook) &&
		known?.webhookId === webhook.id &&
		known.session === session &&
		sameSet(webhook.events, chosenEvents(hook))
	)
}

/** Makes this the only webhook with our URL: what an earlier crash left behind goes first. */
export async function register(hook: IHookFunctions): Promise<void> {
	await unregister(hook)
	const session = chosenSession(hook)
	const { id, secret } = await callGateway<{ id: string; secret: string }>(
		hook,
		'POST',
		webhooksOf(session),
		{ url: ownUrl(hook), events: chosenEvents(hook) },
	)
	const registration: Registration = { session, webhookId: id, secret }
	hook.getWorkflowStaticData('node').registration = registration
}

/** Removes what is ours from the session chosen now and from the one chosen when we registered. */
export async function unregister(hook: IHookFunctions): Promise<void> {
	const known = registrationOf(hook)
	const sessions = new Set([chosenSession(hook)])
	if (known) sessions.add(known.session)
	for (const session of sessions) {
		for (const { id } of await registeredHere(hook, session))
			await callGateway(hook, 'DELETE', `${webhooksOf(session)}/${encodeURIComponent(id)}`)
	}
	forget(hook)
}
