import { GatewayError } from '../../../errors.ts'
import type { Webhook } from '../../../delivery/registry/webhook.ts'
import type { Session } from '../../../session/session.ts'
import { webhookHeaders } from '../../request/webhook-headers.ts'
import type { Services } from '../dialect.ts'
import { withForeignFieldNames } from '../foreign-field-names.ts'
import { instanceIdOf, instanceNameOf } from './instance-ids.ts'
import { eventNameOf, feedsFor, subscriptions, type Subscription } from './webhook-names.ts'
import type { WebhookSettings } from './webhook-settings.ts'

export const FORMAT = 'evolution'

/** What only this format knows of a webhook. */
export type WebhookOptions = {
	/** The name of the instance. */
	instance: string
	/** What was set, as it was set. */
	url: string
	headers: Record<string, string> | null
	events: readonly Subscription[]
	by_events: boolean
	base64: boolean
	/** ISO 8601. */
	updated_at: string
}

/** The header whose value signs a token. */
export const JWT_KEY = 'jwt_key'

type Webhooks = Pick<Services, 'webhooks'>

/** The webhook of an instance; undefined if it has none. */
export const webhookOf = ({ webhooks }: Webhooks, session: string): Webhook | undefined =>
	webhooks.list(session).find(({ format }) => format === FORMAT)

/**
 * Sets the webhook of an instance, which has one at most. What waits for its delivery goes to the new address.
 * @param trusted an admin sets it
 * @returns the webhook; undefined if it is off and has no address that could be kept
 */
export async function setWebhook(
	services: Webhooks,
	session: Session,
	settings: WebhookSettings,
	trusted: boolean,
): Promise<Webhook | undefined> {
	const found = webhookOf(services, session.id)
	const isAddress = isUrl(settings.url)
	refuseWithoutUrl(settings)
	if (!isAddress && !found) return undefined
	const change = changeOf(session, settings)
	const { webhooks } = services
	return withForeignFieldNames({ url: 'webhook.url' }, () =>
		found
			? webhooks.update(session.id, found.id, isAddress ? change : unaddressed(change), trusted)
			: webhooks.add(session.id, change, trusted),
	)
}

const isUrl = (text: string) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)

/** @throws GatewayError invalid_request for a webhook that is on and has no address */
export function refuseWithoutUrl({ enabled, url }: Pick<WebhookSettings, 'enabled' | 'url'>): void {
	if (enabled && !isUrl(url)) throw noAddress()
}

/** A client without an address sends a word in its place, to turn the webhook off. */
function unaddressed({ url: _, ...change }: ReturnType<typeof changeOf>) {
	return change
}

function changeOf(session: Session, settings: WebhookSettings) {
	const { url, enabled, headers, byEvents = false, base64 = false } = settings
	const given = settings.events ?? []
	const events = enabled ? (given.length ? given : subscriptions) : []
	const { [JWT_KEY]: _, ...sent } = headers ?? {}
	const options: WebhookOptions = {
		instance: instanceNameOf(session.view()),
		...{ url, headers: headers ?? null, events, base64, by_events: byEvents },
		updated_at: new Date().toISOString(),
	}
	return {
		url,
		format: FORMAT,
		raw: true,
		headers: webhookHeaders.parse(sent),
		events: feedsFor(events),
		event_names: events.map(eventNameOf),
		options,
		disabled: !enabled,
	}
}

function noAddress() {
	const text = 'must be a URL that begins with http:// or https://'
	return new GatewayError('invalid_request', `\`webhook.url\`: ${text}.`, {
		field: 'webhook.url',
		issues: [{ field: 'webhook.url', text, isMissing: false }],
	})
}

/** A webhook as Evolution shows it. */
export function rowOf({ id, session, created_at, disabled_at, options }: Webhook) {
	const { url, headers, events, by_events, base64, updated_at } = options as WebhookOptions
	return {
		id,
		url,
		headers,
		enabled: disabled_at === null,
		events,
		webhookByEvents: by_events,
		webhookBase64: base64,
		createdAt: created_at,
		updatedAt: updated_at,
		instanceId: instanceIdOf(session),
	}
}
