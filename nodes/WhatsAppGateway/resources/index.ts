import { routeResource } from '../calling'
import { generated } from '../generated'
import { routes } from '../generated/routes'
import { merged } from '../resource'
import { sendResource } from '../sending'
import { chatActions } from './chat'
import { media } from './media'
import { message } from './message'
import { messageAction } from './message-action'
import { session } from './session'

/** All resources of the node, in the order in which n8n shows them. */
export const resources = merged([
	...generated.map(sendResource),
	message,
	messageAction,
	media,
	chatActions,
	session,
	...routes.map(routeResource),
])
