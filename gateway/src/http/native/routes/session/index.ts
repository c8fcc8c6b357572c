import { connectRoutes } from './connect.ts'
import { proxyRoutes } from './proxy.ts'
import { sessionSettingRoutes } from './settings.ts'

/** Sessions themselves. */
export const sessionOwnRoutes = [...connectRoutes, ...sessionSettingRoutes, ...proxyRoutes]
