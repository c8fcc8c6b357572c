import { z } from '@hono/zod-openapi'
import type { Session } from '../../../../session/session.ts'
import { chatIdField, optionalText, sessionField } from '../fields.ts'
import { repliedIn } from './reply.ts'

/** An id that a client has chosen for its message, in the form that WhatsApp's clients make. */
export const ownIdField = z
	.string()
	.regex(/^([0-9A-Za-z.-]{8,64})?$/, 'must be an id such as GET …/new-message-id makes')
	.transform((text) => text || undefined)
	.optional()
	.meta({ description: 'The id that the message shall have; each is used once' })

/** What every send takes besides the fields of its type. */
export const commonFields = {
	session: sessionField,
	chatId: chatIdField,
	reply_to: optionalText,
}

/** The fields of what may mention people. */
export const mentionFields = {
	mentions: z
		.array(z.string().min(1))
		.nullish()
		.meta({ description: 'Ids of people; `all` mentions every member of a group' }),
}

type Common = { chatId: string; reply_to?: string | undefined }
type Mentions = { mentions?: string[] | null | undefined }

/** Whom a message goes to, and what it answers, in our words. */
export async function addressed(session: Session, { chatId: to, reply_to }: Common) {
	return { to, ...(await repliedIn(session, reply_to)) }
}

/** Whom a message mentions, in our words. */
export function mentioned({ mentions }: Mentions) {
	const people = mentions?.filter((one) => one !== 'all') ?? []
	return {
		...(people.length && { mentions: people }),
		...(mentions?.includes('all') && { mention_all: true }),
	}
}

/** WAHA's name of our field with the recipient. */
export const names = {
	to: 'chatId',
	audience: 'contacts` with POST `/api/{session}/status/text',
	id: 'id',
}
