import type { Endpoint, Services } from '../dialect.ts'
import { groupChanges } from './group-changes.ts'
import { groupInvites } from './group-invites.ts'
import { groupLists } from './group-lists.ts'

/** `/group/…/{instance}`. */
export const groups = (services: Services): Endpoint[] => [
	...groupLists(services),
	...groupChanges(services),
	...groupInvites(services),
]
