import type { RouteDefinition } from '../define-route.ts'
import { businessProfileRoutes } from './business-profile.ts'
import { catalogRoutes } from './catalog/index.ts'
import { chatMessageRoutes } from './chat-messages.ts'
import { callRoutes } from './calls.ts'
import { channelRoutes } from './channels/index.ts'
import { chatRoutes } from './chats.ts'
import { chatSettingRoutes } from './chat-settings.ts'
import { communityRoutes } from './communities/index.ts'
import { contactRoutes } from './contacts/index.ts'
import { labelRoutes } from './labels.ts'
import { groupRoutes } from './groups/index.ts'
import { mexRoutes } from './mex.ts'
import { notSupportedRoutes } from './not-supported.ts'
import { subscribedPresenceRoutes } from './presence.ts'
import { privacyRoutes } from './privacy.ts'
import { privacyTokenRoutes } from './privacy-tokens.ts'
import { profileRoutes } from './profile.ts'
import { sessionOwnRoutes } from './session/index.ts'
import { spamRoutes } from './spam.ts'
import { statusRoutes } from './statuses.ts'

/** Every route that is defined as data. A path without parameters stands before one that would match it as well. */
export const routes: readonly RouteDefinition[] = [
	...groupRoutes,
	...communityRoutes,
	...channelRoutes,
	...mexRoutes,
	...contactRoutes,
	...chatRoutes,
	...chatSettingRoutes,
	...chatMessageRoutes,
	...labelRoutes,
	...callRoutes,
	...subscribedPresenceRoutes,
	...profileRoutes,
	...businessProfileRoutes,
	...catalogRoutes,
	...privacyRoutes,
	...privacyTokenRoutes,
	...statusRoutes,
	...spamRoutes,
	...notSupportedRoutes,
	...sessionOwnRoutes,
]
