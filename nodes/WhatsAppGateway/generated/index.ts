// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { message } from './message'
import { media } from './media'
import { interactive } from './interactive'
import { messageAction } from './messageAction'
import { response } from './response'
import { chat } from './chat'
import { group } from './group'
import { contact } from './contact'
import { channel } from './channel'
import { status } from './status'
import { business } from './business'
import { call } from './call'

/** What can be sent, by resource, in the order in which people are shown it. */
export const generated = [
	message,
	media,
	interactive,
	messageAction,
	response,
	chat,
	group,
	contact,
	channel,
	status,
	business,
	call,
]
