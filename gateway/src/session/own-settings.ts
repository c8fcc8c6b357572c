import { GatewayError } from '../errors.ts'
import { showPresence } from './actions/presence.ts'
import { checkProxy } from './check-proxy.ts'
import type { createConnectOnDemand } from './connect-on-demand.ts'
import type { Networks } from './connection/network.ts'
import type { DeviceProps } from './device-props.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { SessionDeps } from './session-deps.ts'
import type { SessionRecord } from './session-record.ts'
import { mergedSettings, type SessionSettings, type SettingsChange } from './session-settings.ts'

export type OwnSettingsOptions = {
	/** The session's id. */
	id: string
	record(): SessionRecord
	save(change: Partial<SessionRecord>): Promise<void>
	settings(): SessionSettings
	moved(): Promise<void>
	networks: Networks
	demand: ReturnType<typeof createConnectOnDemand>
	lifecycle: Lifecycle
	isLinked(): boolean
	connected(): Promise<SessionDeps>
}

/** What the owner of a session says of it: name, metadata, settings, device, proxy. Each call waits until it is saved. */
export function createOwnSettings(options: OwnSettingsOptions) {
	const { id, record, save, settings, networks, demand, lifecycle } = options

	async function setProxy(proxy: string | null) {
		if (proxy === record().proxy) return
		await save({ proxy })
		await demand.reconnect()
	}

	return {
		settings,
		async changeSettings(change: SettingsChange): Promise<SessionSettings> {
			const before = settings().presence
			await save({ settings: mergedSettings(record().settings, change) })
			const { presence } = settings()
			if (presence !== before && lifecycle.state.status === 'open')
				await showPresence(await options.connected(), presence)
			return settings()
		},
		/** Changes what is given of it. */
		async update(change: Partial<Pick<SessionRecord, 'name' | 'workspace' | 'metadata'>>) {
			const { workspace } = record()
			await save(change)
			if (record().workspace !== workspace) await options.moved()
		},
		/** Takes effect when it is linked. @throws GatewayError session_already_linked */
		async setDevice(device: DeviceProps) {
			if (options.isLinked()) throw deviceIsKnown(id)
			await save({ device })
			await demand.reconnect()
		},
		/** The URL of the proxy, with its password; null if there is none. */
		proxy: () => record().proxy,
		/** Goes through a proxy from now on. @param trusted an admin named it @throws GatewayError invalid_request, proxy_failed */
		async useProxy(url: string, trusted: boolean) {
			await checkProxy(url, networks.server, { field: 'url', trusted })
			await setProxy(url)
		},
		/** Goes to WhatsApp directly from now on. */
		useNoProxy: () => setProxy(null),
	}
}

function deviceIsKnown(id: string) {
	const advice = `Session ${id} is linked, and WhatsApp does not change a linked device. Log it out and link it anew: POST /api/v1/sessions/${id}/logout`
	return new GatewayError('session_already_linked', advice, { field: 'device' })
}
