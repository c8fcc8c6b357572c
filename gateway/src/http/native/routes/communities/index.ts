import { communityGroupRoutes } from './groups.ts'
import { communityListRoutes } from './list.ts'
import { communityMemberRoutes } from './members.ts'

/** Communities. */
export const communityRoutes = [
	...communityListRoutes,
	...communityGroupRoutes,
	...communityMemberRoutes,
]
