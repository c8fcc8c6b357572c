import { randomBytes } from 'node:crypto'
import { z } from '@hono/zod-openapi'

const MOST_CHARACTERS = 54

/** Words of the API at the place where others have the name of a session. */
const reserved = new Set([
	'v1',
	'whatsapp',
	'session',
	'sessions',
	'keys',
	'apps',
	'contacts',
	'files',
	'server',
	'screenshot',
	'version',
	'messages',
	'checkNumberStatus',
	'reaction',
	'star',
	'reply',
	'forwardMessage',
	'startTyping',
	'stopTyping',
])

/** Whether a session of that name could not be reached. */
export const isReserved = (name: string) => reserved.has(name) || name.startsWith('send')

/** The name of a new session; an empty one stands for none. */
export const newName = z
	.string()
	.regex(
		/^([A-Za-z0-9][A-Za-z0-9_-]*)?$/,
		'can only contain letters, digits, - and _, and begins with a letter or digit',
	)
	.max(MOST_CHARACTERS)
	.refine((name) => !isReserved(name), 'is a word of the API: choose another name')

/** A name for a session that was given none. */
export const madeUpName = () => `session_${randomBytes(16).toString('hex')}`
