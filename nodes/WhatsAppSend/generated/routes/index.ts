// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { chat } from './chat'
import { group } from './group'
import { contact } from './contact'
import { label } from './label'

/** What the node does besides sending, by resource. */
export const routes = [chat, group, contact, label]
