import { groupReceive, groupSend } from './group.ts'
import { growth } from './growth.ts'
import { media } from './media.ts'
import { receive } from './receive.ts'
import type { Scenario } from './scenario.ts'
import { sessions } from './sessions.ts'
import { text } from './text.ts'

/** Everything that is measured, in the order in which it is. */
export const scenarios: Scenario[] = [
	text,
	receive,
	groupSend,
	groupReceive,
	media,
	sessions,
	growth,
]
