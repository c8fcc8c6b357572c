import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'

export const cancelPayment = defineMessage({
	type: 'cancel-payment',
	title: 'Cancel Payment',
	description: `Takes back a request for money that you sent. ${unverified} ${unquotable}`,
	schema: z.object({
		request_message_id: messageIdField('Request', 'Id of the message that asked for the money'),
	}),
	refersTo: ({ request_message_id: id }) => [{ field: 'request_message_id', id, fromMe: true }],
	toContent: (_, { keys }) => ({
		cancelPaymentRequestMessage: { key: keys.request_message_id },
	}),
	fromContent({ cancelPaymentRequestMessage: cancelled }) {
		return cancelled ? { request_message_id: cancelled.key?.id ?? '' } : undefined
	},
})
