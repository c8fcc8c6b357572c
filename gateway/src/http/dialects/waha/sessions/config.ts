import { z } from '@hono/zod-openapi'
import { sessionMetadata } from '../../../../session/session-settings.ts'
import { webhookConfig } from './webhook-config.ts'

const yes = z.boolean().nullish()
const text = z.string().nullish()

/**
 * What a client says of a session. It comes back as it was set, nulls included; what WAHA does not know is dropped.
 * What only other engines know is kept and does nothing.
 */
export const configSchema = z
	.object({
		metadata: sessionMetadata.nullish(),
		debug: yes,
		proxy: z
			.object({
				server: z
					.string()
					.min(1)
					.meta({ examples: ['proxy.example:3128'] }),
				username: text,
				password: text,
			})
			.nullish(),
		ignore: z
			.object({ status: yes, groups: yes, channels: yes, broadcast: yes })
			.nullish()
			.meta({ description: 'Kinds of chats of which no event is told' }),
		client: z.object({ deviceName: text, browserName: text }).nullish(),
		noweb: z
			.object({
				markOnline: yes,
				store: z.object({ enabled: yes, fullSync: yes }).nullish(),
			})
			.nullish(),
		gows: z.object({ storage: z.record(z.string(), z.unknown()).nullish() }).nullish(),
		webjs: z.object({ tagsEventsOn: yes }).nullish(),
		webhooks: z.array(webhookConfig).nullish(),
	})
	.openapi('WahaConfig')

export type WahaConfig = z.output<typeof configSchema>

/** What stands for a secret to a key that may not see it. */
export const MASK = '********'

/** A config without its secrets. */
export function masked(config: WahaConfig): WahaConfig {
	return withSecrets(config, () => MASK)
}

/** A config that was read with masks, with the secrets that it had. */
export function unmasked(config: WahaConfig, before: WahaConfig | undefined): WahaConfig {
	const secrets: Secrets = {
		proxy: before?.proxy?.password,
		hook: (url) => before?.webhooks?.find((hook) => hook.url === url)?.hmac?.key,
	}
	return withSecrets(config, (value, place) =>
		value === MASK ? (place === 'proxy' ? secrets.proxy : secrets.hook(place.url)) : value,
	)
}

type Secrets = {
	proxy: string | null | undefined
	hook(url: string): string | null | undefined
}

function withSecrets(
	config: WahaConfig,
	change: (value: string, place: 'proxy' | { url: string }) => string | null | undefined,
): WahaConfig {
	const { proxy, webhooks } = config
	return {
		...config,
		...(proxy?.password && { proxy: { ...proxy, password: change(proxy.password, 'proxy') } }),
		...(webhooks && {
			webhooks: webhooks.map((hook) =>
				hook.hmac?.key
					? { ...hook, hmac: { ...hook.hmac, key: change(hook.hmac.key, { url: hook.url }) } }
					: hook,
			),
		}),
	}
}
