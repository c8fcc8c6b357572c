import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'

export const declinePayment = defineMessage({
	type: 'decline-payment',
	title: 'Decline Payment',
	description: `Declines a payment request. ${unverified} ${unquotable}`,
	schema: z.object({
		request_message_id: messageIdField('Request', 'Id of the message with the payment request'),
	}),
	refersTo: ({ request_message_id: id }) => [{ field: 'request_message_id', id, fromMe: false }],
	toContent: (_, { keys }) => ({
		declinePaymentRequestMessage: { key: keys.request_message_id },
	}),
	fromContent({ declinePaymentRequestMessage: declined }) {
		return declined ? { request_message_id: declined.key?.id ?? '' } : undefined
	},
})
