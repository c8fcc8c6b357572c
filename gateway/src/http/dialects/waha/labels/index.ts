import type { Endpoint, Services } from '../../dialect.ts'
import { chatLabels } from './chats.ts'
import { ownLabels } from './labels.ts'

/** `/api/{session}/labels`. */
export const labels = (services: Services): Endpoint[] => [
	...chatLabels(services),
	...ownLabels(services),
]
