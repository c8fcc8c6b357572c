import { z } from '@hono/zod-openapi'
import type { Identity } from '../../../../events/identity.ts'
import type { KnownContact } from '../../../../session/actions/contacts/list.ts'
import { isSame } from '../../../../session/identity.ts'
import { chatIdOf } from '../chat-id.ts'

export const contactSchema = z
	.object({
		id: z.string().meta({ examples: ['11111111111@c.us'] }),
		number: z.string().nullable(),
		name: z.string().nullable().meta({ description: 'In the address book, or of a group' }),
		pushname: z.string().nullable().meta({ description: 'That the contact has chosen' }),
		shortName: z.string().nullable(),
		lid: z.string().nullable(),
		isMe: z.boolean(),
		isGroup: z.boolean(),
		isWAContact: z.boolean(),
		isMyContact: z.boolean().meta({ description: 'Whether it is in the address book' }),
		isBlocked: z.boolean(),
	})
	.openapi('WahaContact')

export type WahaContact = z.output<typeof contactSchema>

/** A person as WAHA has them. */
export const wahaContact = (
	{ contact, names }: KnownContact,
	{ account, isBlocked }: { account: Identity | null; isBlocked: boolean },
): WahaContact => ({
	id: chatIdOf(contact),
	number: contact.phone,
	name: names.saved_name ?? names.business_name ?? null,
	pushname: names.name ?? contact.name,
	shortName: names.first_name ?? null,
	lid: contact.lid,
	isMe: account !== null && isSame(account, contact),
	isGroup: false,
	isWAContact: true,
	isMyContact: names.saved_name !== undefined,
	isBlocked,
})

/** A group, which clients look up in the same way. */
export const groupContact = ({ id, name }: Identity): WahaContact => ({
	...{ id, name, number: null, pushname: null, shortName: null, lid: null },
	...{ isMe: false, isGroup: true, isWAContact: true, isMyContact: false, isBlocked: false },
})
