import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { tokenField } from '../fields/token.ts'
import { enumName } from '../protobuf-numbers.ts'

const attachments = { image: 0, pdf: 1 } as const // InvoiceMessage.AttachmentType

export const invoice = defineMessage({
	type: 'invoice',
	title: 'Invoice',
	description: `An invoice of a business: a note and the type of its file. ${unverified} ${unquotable}`,
	schema: z.object({
		note: z
			.string()
			.max(4_096)
			.optional()
			.meta({
				title: 'Note',
				description: 'Note on the invoice',
				examples: ['Invoice for services rendered'],
			}),
		token: tokenField('inv-token-123'),
		attachment_type: z
			.enum(['image', 'pdf'])
			.optional()
			.meta({ title: 'Attachment Type', description: 'Type of the file', examples: ['pdf'] }),
		attachment_mimetype: z
			.string()
			.regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type, as in application/pdf')
			.max(255)
			.optional()
			.meta({
				title: 'Attachment Media Type',
				description: 'Media type of the file',
				examples: ['application/pdf'],
			}),
	}),
	toContent: ({ note, token, attachment_type: type, attachment_mimetype: mimetype }) => ({
		invoiceMessage: {
			note,
			token,
			attachmentType: type && attachments[type],
			attachmentMimetype: mimetype,
		},
	}),
	fromContent({ invoiceMessage: invoice }) {
		if (!invoice) return undefined
		return {
			note: invoice.note || undefined,
			token: invoice.token || undefined,
			attachment_type: enumName(attachments, invoice.attachmentType),
			attachment_mimetype: invoice.attachmentMimetype || undefined,
		}
	},
	textOf: ({ note }) => note,
})
