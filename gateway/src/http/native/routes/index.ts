import type { RouteDefinition } from '../define-route.ts'
import { chatMessageRoutes } from './chat-messages.ts'
import { chatRoutes } from './chats.ts'
import { chatSettingRoutes } from './chat-settings.ts'
import { contactRoutes } from './contacts/index.ts'
import { labelRoutes } from './labels.ts'
import { groupRoutes } from './groups/index.ts'

/** Every route that is defined as data. A path without parameters stands before one that would match it as well. */
export const routes: readonly RouteDefinition[] = [
	...groupRoutes,
	...contactRoutes,
	...chatRoutes,
	...chatSettingRoutes,
	...chatMessageRoutes,
	...labelRoutes,
]
