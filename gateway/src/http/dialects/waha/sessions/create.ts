import { isGatewayError } from '../../../../errors.ts'
import type { Session } from '../../../../session/session.ts'
import { requireManager, type Caller } from '../../../api-keys/caller.ts'
import type { Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { unprocessable } from '../errors.ts'
import { applyConfig, proxyUrlOf } from './apply-config.ts'
import type { WahaConfig } from './config.ts'
import { checkWebhooks } from './webhooks.ts'

export type NewWahaSession = { name: string; start: boolean; config: WahaConfig | undefined }

/** Our names of fields of a config, in its words. */
export const configNames = {
	url: 'config.webhooks.url',
	metadata: 'config.metadata',
	proxy: 'config.proxy.server',
}

/** Refuses what a config cannot have, before anything happens. */
export async function checkConfig(
	services: Pick<Services, 'sessions' | 'webhooks'>,
	config: WahaConfig,
	trusted: boolean,
): Promise<void> {
	const proxy = proxyUrlOf(config)
	await checkWebhooks(services, config, trusted)
	if (proxy) await services.sessions.checkProxy(proxy, { field: 'proxy', trusted })
}

/** @throws WahaError if the name is taken; GatewayError forbidden, and the errors of `checkConfig` */
export async function createSession(
	services: Pick<Services, 'sessions' | 'webhooks'>,
	caller: Caller,
	{ name: id, start: wanted, config }: NewWahaSession,
): Promise<Session> {
	const { workspace } = caller
	requireManager(caller, workspace)
	const { sessions } = services
	if (sessions.find(id)) throw taken(id)
	return withForeignFieldNames(configNames, async () => {
		await checkConfig(services, config ?? {}, caller.role === 'admin')
		const proxy = config && proxyUrlOf(config)
		const prepare = async (session: Session) =>
			config && applyConfig(services, session, caller, config)
		try {
			return await sessions.create({ id, workspace, proxy, wanted }, prepare)
		} catch (error) {
			throw isGatewayError(error, 'session_exists') ? taken(id) : error
		}
	})
}

const taken = (name: string) =>
	unprocessable(`Session '${name}' already exists. Use PUT to update it.`, 'session_exists')
