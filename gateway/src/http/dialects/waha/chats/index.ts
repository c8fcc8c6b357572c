import type { Endpoint, Services } from '../../dialect.ts'
import { chatActions } from './actions.ts'
import { chatList } from './list.ts'
import { chatOverviews } from './overview.ts'
import { chatPicture } from './picture.ts'

/** `/api/{session}/chats`. */
export const chats = (services: Services): Endpoint[] => [
	chatList(services),
	...chatOverviews(services),
	chatPicture(services),
	...chatActions(services),
]
