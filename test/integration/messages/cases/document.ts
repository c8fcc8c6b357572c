import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { document: uploaded.given, filename: 'report.pdf', mimetype: 'application/pdf' },
		arrives: {
			documentMessage: {
				...uploaded.arrives,
				mimetype: 'application/pdf',
				fileName: 'report.pdf',
				title: 'report.pdf',
			},
		},
		receive: {
			documentWithCaptionMessage: {
				message: {
					documentMessage: {
						...uploaded.sent,
						fileName: 'plan.pdf',
						caption: 'the plan',
						pageCount: 2,
					},
				},
			},
		},
		event: {
			type: 'document',
			text: 'the plan',
			filename: 'plan.pdf',
			caption: 'the plan',
			media: { mimetype: 'image/jpeg', size: 12345, filename: 'plan.pdf', pages: 2 },
		},
	},
]
