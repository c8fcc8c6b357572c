// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { message } from './message'
import { media } from './media'
import { response } from './response'
import { messageAction } from './messageAction'
import { channel } from './channel'
import { status } from './status'
import { business } from './business'
import { interactive } from './interactive'
import { call } from './call'
import { group } from './group'
import { contact } from './contact'
import { chat } from './chat'

/** What can be sent, by resource, in the order in which people are shown it. */
export const generated = [
	message,
	media,
	response,
	messageAction,
	channel,
	status,
	business,
	interactive,
	call,
	group,
	contact,
	chat,
]
