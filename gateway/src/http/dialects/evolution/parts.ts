import { refuses } from './unsupported.ts'

/** The roots of what the gateway has in common with Evolution. */
const served = [
	'/instance',
	'/message',
	'/chat',
	'/group',
	'/settings',
	'/webhook',
	'/proxy',
	'/label',
	'/call',
	'/business',
	'/verify-creds',
]

export const parts: readonly string[] = [...served, ...Object.keys(refuses)]
