import type { Session } from '../../../../session/session.ts'
import type { SettingsChange } from '../../../../session/session-settings.ts'
import { requireManager, type Caller } from '../../../api-keys/caller.ts'
import type { Services } from '../../dialect.ts'
import { badRequest } from '../errors.ts'
import type { WahaConfig } from './config.ts'
import { replaceWebhooks } from './webhooks.ts'

const DIALECT = 'waha'

/** The config of a session as it was set; undefined if WAHA's clients have set none. */
export function configOf(session: Session): WahaConfig | undefined {
	return session.dialectData(DIALECT).config as WahaConfig | undefined
}

/** The URL of the proxy that a config names. @throws WahaError if it is none */
export function proxyUrlOf({ proxy }: WahaConfig): string | undefined {
	if (!proxy) return undefined
	const { server, username, password } = proxy
	const url = URL.parse(/^\w+:\/\//.test(server) ? server : `http://${server}`)
	if (!url) throw badRequest('config.proxy.server must be a host and a port')
	if (username) url.username = encodeURIComponent(username)
	if (password) url.password = encodeURIComponent(password)
	return url.href
}

/**
 * Makes a session what its config says, all of it: what the config before said and this one does not is taken back. What
 * was set by another way stays.
 * @throws GatewayError invalid_request, proxy_failed, webhook_target_refused
 */
export async function applyConfig(
	services: Pick<Services, 'webhooks'>,
	session: Session,
	caller: Caller,
	config: WahaConfig,
): Promise<void> {
	const trusted = caller.role === 'admin'
	const before = configOf(session) ?? {}
	await applyProxy(session, caller, config, before)
	await replaceWebhooks(services, session.id, config, trusted)
	await applySettings(session, config, before)
	await keepConfig(session, config)
}

const keepConfig = (session: Session, config: WahaConfig) =>
	session.setDialectData(DIALECT, { ...session.dialectData(DIALECT), config })

async function applyProxy(
	session: Session,
	caller: Caller,
	config: WahaConfig,
	before: WahaConfig,
): Promise<void> {
	const url = proxyUrlOf(config)
	if ((url ?? null) === session.proxy()) return
	// A proxy that was set by another way stays.
	if (url === undefined && proxyUrlOf(before) === undefined) return
	requireManager(caller, session.view().workspace)
	if (url) await session.useProxy(url, caller.role === 'admin')
	else await session.useNoProxy()
}

/** What a config says of our own settings, and metadata. */
async function applySettings(
	session: Session,
	config: WahaConfig,
	before: WahaConfig,
): Promise<void> {
	if (config.metadata || before.metadata) await session.update({ metadata: config.metadata ?? {} })
	const change = settingsIn(config, before)
	if (Object.keys(change).length) await session.changeSettings(change)
}

function settingsIn(config: WahaConfig, before: WahaConfig): SettingsChange {
	const { ignore, noweb } = config
	const { groups, status, channels, broadcast } = ignore ?? {}
	const markOnline = noweb?.markOnline
	return {
		...((ignore || before.ignore) && {
			ignore: {
				...{ groups: groups ?? false, status: status ?? false },
				...{ channels: channels ?? false, broadcast: broadcast ?? false },
			},
		}),
		...(typeof markOnline === 'boolean' && {
			presence: markOnline ? ('available' as const) : ('unavailable' as const),
		}),
	}
}
