import { connectRoutes } from './connect.ts'
import { linkRoutes } from '../links.ts'
import { limitRoutes } from './limits.ts'
import { passkeyRoutes } from './passkey.ts'
import { proxyRoutes } from './proxy.ts'
import { sessionRoutes } from './sessions.ts'
import { sessionSettingRoutes } from './settings.ts'
import { switchRoutes } from './switches.ts'
import { tagRoutes } from './tags.ts'

/** Sessions themselves. */
export const sessionOwnRoutes = [
	...sessionRoutes,
	...connectRoutes,
	...sessionSettingRoutes,
	...tagRoutes,
	...switchRoutes,
	...proxyRoutes,
	...limitRoutes,
	...linkRoutes,
	...passkeyRoutes,
]
