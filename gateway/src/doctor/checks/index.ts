import type { Check } from '../check.ts'
import { clockCheck } from './clock.ts'
import { databaseCheck } from './database.ts'
import { dataDirCheck } from './data-dir.ts'
import { deliveriesCheck } from './deliveries.ts'
import { diskCheck } from './disk.ts'
import { ffmpegCheck } from './ffmpeg.ts'
import { fileSystemCheck } from './file-system.ts'
import { keysCheck } from './keys.ts'
import { lockCheck } from './lock.ts'
import { mediaDirCheck } from './media-dir.ts'
import { memoryCheck } from './memory.ts'
import { nodeCheck } from './node.ts'
import { portCheck } from './port.ts'
import { proxyEnvironmentCheck } from './proxy-environment.ts'
import { publicUrlCheck } from './public-url.ts'
import { savingCheck } from './saving.ts'
import { sessionsCheck } from './sessions.ts'
import { settingsCheck } from './settings.ts'
import { stateCheck } from './state.ts'
import { trustedProxiesCheck } from './trusted-proxies.ts'
import { versionCheck } from './version.ts'
import { webhooksCheck } from './webhooks.ts'
import { whatsAppCheck } from './whatsapp.ts'

/** Everything that is checked, in the order in which it is shown. */
export const checks: readonly Check[] = [
	nodeCheck,
	settingsCheck,
	memoryCheck,
	clockCheck,
	portCheck,
	dataDirCheck,
	diskCheck,
	fileSystemCheck,
	lockCheck,
	databaseCheck,
	stateCheck,
	savingCheck,
	keysCheck,
	mediaDirCheck,
	ffmpegCheck,
	publicUrlCheck,
	trustedProxiesCheck,
	proxyEnvironmentCheck,
	whatsAppCheck,
	versionCheck,
	sessionsCheck,
	webhooksCheck,
	deliveriesCheck,
]
