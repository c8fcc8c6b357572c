import { createGroupRoute } from './create.ts'
import { groupListRoutes } from './list.ts'
import { participantRoutes } from './participants.ts'

/** Groups. */
export const groupRoutes = [createGroupRoute, ...groupListRoutes, ...participantRoutes]
