import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			note: 'Invoice for services rendered',
			token: 'inv-token-123',
			attachment_type: 'pdf',
			attachment_mimetype: 'application/pdf',
		},
		arrives: {
			invoiceMessage: {
				note: 'Invoice for services rendered',
				token: 'inv-token-123',
				attachmentType: 'PDF',
				attachmentMimetype: 'application/pdf',
			},
		},
		receive: { invoiceMessage: { note: 'May', token: 't', attachmentType: 0 } },
		event: { type: 'invoice', text: 'May', note: 'May', token: 't', attachment_type: 'image' },
	},
]
