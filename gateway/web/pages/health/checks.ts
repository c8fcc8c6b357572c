import type { GatewayInfo } from '../../../src/monitoring/gateway-info.ts'
import type { ConsoleState } from '../../data/console-state.ts'

export type GatewayFacts = GatewayInfo

/** Something that can be in trouble, and what to do then. */
export type Check = { name: string; trouble: string | undefined }

const GIB = 1024 ** 3
/** Below it a busy gateway is full within a day. */
const LOW_BYTES = GIB

/** What is looked at, in plain sentences. */
export function checksOf(facts: GatewayFacts, { sessions = [], webhooks }: ConsoleState): Check[] {
	const { data_dir, ffmpeg, deliveries } = facts
	const stopped = sessions.filter(
		({ last_disconnect }) => last_disconnect?.reason === 'storage_failed',
	)
	const off = sessions.filter(
		({ status, me }) => me !== null && status !== 'open' && status !== 'closed',
	)
	const down = webhooks.filter(({ delivery }) => delivery?.down_since)
	return [
		{
			name: 'Gateway',
			trouble: stopped.length
				? `${namesOf(stopped)} stopped, because the disk could not be written. Make room, then connect.`
				: undefined,
		},
		{
			name: 'WhatsApp',
			trouble: off.length ? `Not connected: ${namesOf(off)}. Numbers says what to do.` : undefined,
		},
		{
			name: 'Webhooks',
			trouble: webhookTrouble(down.length, deliveries),
		},
		{
			name: 'Disk',
			trouble:
				data_dir.free < LOW_BYTES
					? `Only ${(data_dir.free / GIB).toFixed(1)} GB are free where DATA_DIR is. Make room.`
					: undefined,
		},
		{
			name: 'ffmpeg',
			trouble: ffmpeg
				? undefined
				: 'It cannot be run, so audio and video are sent as they are. Install it, or set FFMPEG_PATH.',
		},
	]
}

const namesOf = (sessions: { name: string }[]) => sessions.map(({ name }) => name).join(', ')

function webhookTrouble(down: number, { waiting, dead }: GatewayFacts['deliveries']) {
	if (down) return `${down} do not answer; ${waiting} events wait. Webhooks says why.`
	if (dead) return `${dead} events were given up. Webhooks shows them; they can be sent again.`
	return undefined
}
