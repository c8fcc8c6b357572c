import { z } from '@hono/zod-openapi'
import type { KnownContact } from '../../../../session/actions/contacts/list.ts'
import { contactRef } from '../../params.ts'

export const contactParam = z.object({ jid: contactRef })

/** A person that a session knows. */
export const contactSchema = z
	.object({
		jid: z.string().meta({ examples: ['4915112345678@s.whatsapp.net'] }),
		phone: z.string().nullable(),
		lid_jid: z.string().nullable(),
		full_name: z.string().nullable().meta({ description: 'In the address book of the account' }),
		first_name: z.string().nullable(),
		push_name: z.string().nullable().meta({ description: 'That the contact has chosen' }),
		business_name: z.string().nullable().meta({ description: 'Verified business name' }),
		username: z.string().nullable().meta({ description: 'Without @' }),
		source: z
			.enum(['address_book', 'history', 'message'])
			.nullable()
			.meta({ description: 'By which way the newest name came' }),
		updated_at: z.iso.datetime().nullable().meta({ description: 'When a name last changed' }),
	})
	.openapi('Contact')

export const contactShown = ({
	contact: { id, phone, lid },
	names,
}: KnownContact): z.output<typeof contactSchema> => ({
	jid: id,
	phone,
	lid_jid: lid,
	full_name: names.saved_name ?? null,
	first_name: names.first_name ?? null,
	push_name: names.name ?? null,
	business_name: names.business_name ?? null,
	username: names.username ?? null,
	source: names.source ?? null,
	updated_at: names.updated_at ?? null,
})
