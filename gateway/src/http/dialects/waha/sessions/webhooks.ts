import type { Webhook } from '../../../../delivery/registry/webhook.ts'
import type { Services } from '../../dialect.ts'
import { anyMessageTypes } from '../events/messages.ts'
import type { WahaConfig } from './config.ts'
import type { WebhookConfig } from './webhook-config.ts'

const FORMAT = 'waha'
const EVERYTHING = 'message.any'

/** What the format of a webhook knows of it. */
export type WebhookOptions = {
	/** Whether it gets own messages as well, as `message.any`, and nothing else. */
	any: boolean
	/** Whether its deliveries are signed. */
	signed: boolean
	/** Whether it knows only the old name of a group that was joined. */
	oldJoin: boolean
}

/** A webhook of ours. */
type Wanted = {
	url: string
	events: string[]
	event_names: string[] | null
	headers: Record<string, string>
	options: WebhookOptions
	secret: string | undefined
}

/**
 * One message is two events of WAHA, `message` and `message.any`, and each delivery of ours is one: a webhook that wants
 * `message.any` is two of ours.
 */
function wantedBy({ url, events, hmac, customHeaders }: WebhookConfig): Wanted[] {
	const all = events.includes('*')
	const names = events.filter((name) => name !== '*' && name !== EVERYTHING)
	const headers = Object.fromEntries(
		(customHeaders ?? []).map(({ name, value }) => [name.toLowerCase(), value]),
	)
	const key = hmac?.key || undefined
	const asksOldJoin = names.includes('group.join') && !names.includes('group.v2.join')
	const made = (event_names: string[] | null, any: boolean): Wanted => ({
		...{ url, event_names, headers, secret: key },
		// Told only where it is named.
		events: any ? anyMessageTypes : ['*', 'message.outgoing'],
		options: { any, oldJoin: asksOldJoin && !any, signed: key !== undefined },
	})
	return [
		...(all || names.length ? [made(all ? null : names, false)] : []),
		...(all || events.includes(EVERYTHING) ? [made([EVERYTHING], true)] : []),
	]
}

const wantedIn = ({ webhooks }: WahaConfig) => (webhooks ?? []).flatMap(wantedBy)

/** Refuses what cannot be a webhook, before anything happens. @throws GatewayError webhook_target_refused */
export async function checkWebhooks(
	{ webhooks }: Pick<Services, 'webhooks'>,
	config: WahaConfig,
	trusted: boolean,
): Promise<void> {
	for (const { url } of config.webhooks ?? []) await webhooks.check({ url }, trusted)
}

/** Makes the webhooks of a session those of its config. One that stays keeps its place in the events. */
export async function replaceWebhooks(
	{ webhooks }: Pick<Services, 'webhooks'>,
	session: string,
	config: WahaConfig,
	trusted: boolean,
): Promise<void> {
	const left = webhooks.list(session).filter(({ format }) => format === FORMAT)
	for (const { secret, ...wanted } of wantedIn(config)) {
		const index = left.findIndex((hook) => isSame(hook, wanted))
		const [known] = index < 0 ? [] : left.splice(index, 1)
		const settings = { ...wanted, ...(secret && { secret }) }
		if (known) await webhooks.update(session, known.id, { ...settings, disabled: false }, trusted)
		else await webhooks.add(session, { ...settings, format: FORMAT, raw: true }, trusted)
	}
	for (const { id } of left) await webhooks.remove(session, id)
}

const isSame = ({ url, options }: Webhook, wanted: Omit<Wanted, 'secret'>) =>
	url === wanted.url && options.any === wanted.options.any
