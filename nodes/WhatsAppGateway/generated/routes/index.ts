// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { message } from './message'
import { messageAction } from './messageAction'
import { chat } from './chat'
import { group } from './group'
import { contact } from './contact'
import { community } from './community'
import { channel } from './channel'
import { status } from './status'
import { label } from './label'
import { profile } from './profile'
import { privacy } from './privacy'
import { session } from './session'
import { catalog } from './catalog'
import { call } from './call'

/** What the node does besides sending, by resource. */
export const routes = [
	message,
	messageAction,
	chat,
	group,
	contact,
	community,
	channel,
	status,
	label,
	profile,
	privacy,
	session,
	catalog,
	call,
]
