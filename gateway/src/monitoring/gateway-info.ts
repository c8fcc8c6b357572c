import type { Config } from '../config/settings.ts'
import type { Delivery } from '../delivery/index.ts'
import { keepFor } from '../lib/memo.ts'
import { MINUTE_MS } from '../lib/units.ts'
import { ffmpegVersion } from '../media/index.ts'
import { changedSettings, type ChangedSetting } from './changed-settings.ts'
import type { VersionInfo } from '../session/version/versions.ts'
import type { DataDirUse } from './data-dir.ts'
import { VERSION } from '../lib/version.ts'

/** What who runs the gateway wants to know of it. */
export type GatewayInfo = {
	version: string
	node: string
	started_at: string
	/** Whether its sessions are linked to a simulated WhatsApp. */
	sandbox: boolean
	/** In bytes. */
	data_dir: { size: number; free: number }
	/** As which version of WhatsApp Web the sessions connect. */
	whatsapp_web: VersionInfo
	/** Null if ffmpeg, or the ffprobe beside it, cannot be run. */
	ffmpeg: { version: string } | null
	/** Events of all webhooks that are not disabled. */
	deliveries: { waiting: number; dead: number }
	settings: ChangedSetting[]
}

export type GatewayInfoOptions = {
	config: Partial<Config> & Pick<Config, 'FFMPEG_PATH' | 'SANDBOX'>
	delivery: Delivery
	clientVersion(): VersionInfo
	dataDir(): Promise<DataDirUse>
}

export function createGatewayInfo({
	config,
	delivery,
	clientVersion,
	dataDir,
}: GatewayInfoOptions) {
	const startedAt = new Date().toISOString()
	const findFfmpeg = keepFor(MINUTE_MS, () => ffmpegVersion(config.FFMPEG_PATH))
	return async function gatewayInfo(): Promise<GatewayInfo> {
		const { waiting, dead } = delivery.totals()
		const [{ used, free }, version] = await Promise.all([dataDir(), findFfmpeg()])
		return {
			version: VERSION,
			node: process.versions.node,
			started_at: startedAt,
			sandbox: config.SANDBOX !== false,
			data_dir: { size: Object.values(used).reduce((sum, size) => sum + size, 0), free },
			whatsapp_web: clientVersion(),
			ffmpeg: version === null ? null : { version },
			deliveries: { waiting, dead },
			settings: changedSettings(config),
		}
	}
}
