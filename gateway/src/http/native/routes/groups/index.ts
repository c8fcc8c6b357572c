import { createGroupRoute } from './create.ts'
import { groupInviteRoutes } from './invites.ts'
import { groupListRoutes } from './list.ts'
import { participantRoutes } from './participants.ts'
import { groupPictureRoutes } from './picture.ts'
import { joinRequestRoutes } from './requests.ts'
import { groupSettingRoutes } from './settings.ts'

/** Groups. */
export const groupRoutes = [
	createGroupRoute,
	...groupInviteRoutes,
	...groupListRoutes,
	...participantRoutes,
	...groupPictureRoutes,
	...groupSettingRoutes,
	...joinRequestRoutes,
]
