import type { Hearing } from './define.ts'
import { calls } from './calls.ts'
import { contactNames, savedContacts } from './contacts.ts'
import { history } from './history.ts'
import { joinRequests } from './join-requests.ts'
import { labelAssignments, labels } from './labels.ts'
import { groupChanges } from './group-changes.ts'
import { newGroups } from './new-groups.ts'
import { participants } from './participants.ts'
import { presences } from './presences.ts'

/** What Baileys tells of besides messages, and what it means. */
export const hearings: readonly Hearing[] = [
	calls,
	contactNames,
	savedContacts,
	groupChanges,
	history,
	joinRequests,
	labelAssignments,
	labels,
	newGroups,
	participants,
	presences,
]
