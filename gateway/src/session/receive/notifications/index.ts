import { about } from './about.ts'
import { accountSync } from './account-sync.ts'
import type { NotificationReader } from './define.ts'
import { blocklist } from './blocklist.ts'
import { calls } from './calls.ts'
import { channelNotices } from './channel-notices.ts'
import { channelStanzas } from './channel-stanzas.ts'
import { contactNames } from './contacts.ts'
import { history } from './history.ts'
import { joinRequests } from './join-requests.ts'
import { groupChanges } from './group-changes.ts'
import { groupStanzas } from './group-stanzas.ts'
import { newGroups } from './new-groups.ts'
import { newKeys } from './new-keys.ts'
import { participants } from './participants.ts'
import { presences } from './presences.ts'

/** The readers of what is told besides messages. */
export const notifications: readonly NotificationReader[] = [
	about,
	accountSync,
	blocklist,
	calls,
	channelNotices,
	channelStanzas,
	contactNames,
	groupChanges,
	groupStanzas,
	history,
	joinRequests,
	newGroups,
	newKeys,
	participants,
	presences,
]
