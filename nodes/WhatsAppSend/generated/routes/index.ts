// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { message } from './message'
import { messageAction } from './messageAction'
import { chat } from './chat'
import { group } from './group'
import { contact } from './contact'
import { label } from './label'

/** What the node does besides sending, by resource. */
export const routes = [message, messageAction, chat, group, contact, label]
