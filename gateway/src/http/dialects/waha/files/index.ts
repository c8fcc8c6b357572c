import type { Endpoint, Services } from '../../dialect.ts'
import { conversions } from './convert.ts'
import { fileDownload } from './download.ts'

/** `/api/files` and `/api/{session}/media`. */
export const messageFiles = (services: Services): Endpoint[] => [
	fileDownload(services),
	...conversions(services),
]
