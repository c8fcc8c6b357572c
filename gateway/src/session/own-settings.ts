import { GatewayError } from '../errors.ts'
import { showPresence } from './actions/presence.ts'
import { checkProxy } from './check-proxy.ts'
import type { createConnectOnDemand } from './connect-on-demand.ts'
import type { Networks } from './connection/network.ts'
import type { DeviceProps } from './device-props.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { SessionDeps } from './session-deps.ts'
import type { RecordChange, SessionRecord } from './session-record.ts'
import { MOST_TAGS, withoutTag, withTag } from './session-tags.ts'
import { mergedSettings, type SessionSettings, type SettingsChange } from './session-settings.ts'

export type OwnSettingsOptions = {
	/** The session's id. */
	id: string
	record(): SessionRecord
	save(change: RecordChange): Promise<void>
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

	/** @returns whether that changed them */
	async function changeTags(change: (tags: readonly string[]) => string[]) {
		let changed = false
		await save(({ tags: before }) => {
			const tags = change(before)
			changed = tags.length !== before.length
			return { tags }
		})
		return { changed, tags: record().tags }
	}

	return {
		settings,
		tags: () => record().tags,
		setTags: (tags: string[]) => save({ tags }),
		/** @throws GatewayError invalid_request if it has too many */
		addTag(tag: string) {
			return changeTags((before) => {
				const tags = withTag(before, tag)
				if (tags.length > MOST_TAGS) throw tooManyTags(id)
				return tags
			})
		},
		removeTag: (tag: string) => changeTags((before) => withoutTag(before, tag)),
		async changeSettings(change: SettingsChange): Promise<SessionSettings> {
			const before = settings().presence
			await save((current) => ({ settings: mergedSettings(current.settings, change) }))
			if (!settings().reconnect) lifecycle.stopRetrying()
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
		/** What clients of another system have set and read again. */
		dialectData: (dialect: string) => record().dialect_data[dialect] ?? {},
		/** Replaces what clients of another system have set. */
		setDialectData: (dialect: string, data: Record<string, unknown>) =>
			save(({ dialect_data }) => ({ dialect_data: { ...dialect_data, [dialect]: data } })),
		/** Takes effect when it is linked. @throws GatewayError session_already_linked */
		async setDevice(device: DeviceProps) {
			if (options.isLinked()) throw deviceIsKnown(id)
			await save({ device })
			await demand.reconnect()
		},
		/** How many attempts to connect in a row have failed. */
		failures: () => lifecycle.failures,
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

function tooManyTags(id: string) {
	const advice = `Session ${id} has ${MOST_TAGS} tags, which is the most. Remove one first.`
	return new GatewayError('invalid_request', advice, { field: 'tag' })
}

function deviceIsKnown(id: string) {
	const advice = `Session ${id} is linked, and WhatsApp does not change a linked device. Log it out and link it anew: POST /api/v1/sessions/${id}/logout`
	return new GatewayError('session_already_linked', advice, { field: 'device' })
}
