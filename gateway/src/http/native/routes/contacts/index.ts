import { blockingRoutes } from './blocking.ts'
import { checkRoutes } from './check.ts'
import { lidRoutes } from './lids.ts'
import { contactListRoutes } from './list.ts'
import { lookUpRoutes } from './look-up.ts'

/** People. */
export const contactRoutes = [
	...checkRoutes,
	...lidRoutes,
	...lookUpRoutes,
	...contactListRoutes,
	...blockingRoutes,
]
