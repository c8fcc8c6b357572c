import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { isJson } from '../fields/json-text.ts'
import { messageIdField } from '../fields/message-id.ts'
import { noteField, noteMessage, readNote } from '../fields/note.ts'
import { optional } from '../fields/optional.ts'

export const sendPayment = defineMessage({
	type: 'send-payment',
	title: 'Send Payment',
	description: `A note that a payment was sent; it moves no money. ${unverified} ${unquotable}`,
	schema: z.object({
		note: noteField,
		request_message_id: optional(
			messageIdField('Request', 'Id of the message with the payment request'),
		),
		transaction_data: z
			.string()
			.max(32_768)
			.refine(isJson, 'must be JSON')
			.optional()
			.meta({
				title: 'Transaction Data',
				description: 'Data of the payment service, as a JSON string',
				examples: ['{"key":"value"}'],
			}),
	}),
	refersTo: ({ request_message_id: id }) =>
		id === undefined ? [] : [{ field: 'request_message_id', id, fromMe: false }],
	toContent: ({ note, transaction_data: transactionData }, { keys }) => ({
		sendPaymentMessage: {
			noteMessage: noteMessage(note),
			requestMessageKey: keys.request_message_id,
			transactionData,
		},
	}),
	fromContent({ sendPaymentMessage: payment }) {
		if (!payment) return undefined
		return {
			note: readNote(payment.noteMessage),
			request_message_id: payment.requestMessageKey?.id || undefined,
			transaction_data: payment.transactionData || undefined,
		}
	},
	textOf: ({ note }) => note,
})
