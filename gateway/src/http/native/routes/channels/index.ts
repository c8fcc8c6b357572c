import { channelAdminRoutes } from './admins.ts'
import { channelListRoutes } from './list.ts'
import { channelPostRoutes } from './posts.ts'
import { channelSettingRoutes } from './settings.ts'

/** Channels (newsletters). */
export const channelRoutes = [
	...channelListRoutes,
	...channelSettingRoutes,
	...channelPostRoutes,
	...channelAdminRoutes,
]
