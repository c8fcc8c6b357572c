import type { Endpoint, Services } from '../../dialect.ts'
import { groupInvites } from './invites.ts'
import { groupLists } from './list.ts'
import { groupMembers } from './members.ts'
import { groupSettings } from './settings.ts'

/** `/api/{session}/groups` and below: fixed words come before ids. */
export const groups = (services: Services): Endpoint[] => [
	...groupInvites(services),
	...groupLists(services),
	...groupSettings(services),
	...groupMembers(services),
]
