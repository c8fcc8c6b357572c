import type { Endpoint, Services } from '../../dialect.ts'
import { numberChecks } from './check.ts'
import { contactDetails } from './details.ts'
import { lids } from './lids.ts'
import { contactLists } from './list.ts'

/** `/api/contacts`, `/api/{session}/contacts` and `/api/{session}/lids`. */
export const contacts = (services: Services): Endpoint[] => [
	...contactLists(services),
	...numberChecks(services),
	...contactDetails(services),
	...lids(services),
]
