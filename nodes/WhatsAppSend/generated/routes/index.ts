// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { group } from './group'
import { contact } from './contact'
import { chat } from './chat'

/** What the node does besides sending, by resource. */
export const routes = [group, contact, chat]
