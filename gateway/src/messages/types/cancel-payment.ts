import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'

export const cancelPayment = defineMessage({
	type: 'cancel-payment',
	title: 'Cancel Payment',
	description: `Cancels a payment request of this account. ${unverified} ${unquotable}`,
	schema: z.object({
		request_message_id: messageIdField('Request', 'Id of the message with the payment request'),
	}),
	refersTo: ({ request_message_id: id }) => [{ field: 'request_message_id', id, fromMe: true }],
	toContent: (_, { keys }) => ({
		cancelPaymentRequestMessage: { key: keys.request_message_id },
	}),
	fromContent({ cancelPaymentRequestMessage: cancelled }) {
		return cancelled ? { request_message_id: cancelled.key?.id ?? '' } : undefined
	},
})
