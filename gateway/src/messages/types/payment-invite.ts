import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { expiryField } from '../fields/expiry.ts'
import { numberOf } from '../protobuf-numbers.ts'
import { optional } from '../fields/optional.ts'

export const paymentInvite = defineMessage({
	type: 'payment-invite',
	title: 'Payment Invite',
	description: `An invitation to a payment service. ${unverified} ${unquotable}`,
	schema: z.object({
		service_type: z
			.number()
			.int()
			.min(0)
			.max(3)
			.default(0)
			.meta({
				title: 'Service Type',
				description: '0 unknown, 1 Facebook Pay, 2 Novi, 3 UPI',
				examples: [0],
			}),
		expiry_timestamp: optional(expiryField),
	}),
	toContent: ({ service_type: serviceType, expiry_timestamp: expiryTimestamp }) => ({
		paymentInviteMessage: { serviceType, expiryTimestamp },
	}),
	fromContent({ paymentInviteMessage: invite }) {
		if (!invite) return undefined
		return {
			service_type: invite.serviceType ?? 0,
			expiry_timestamp: numberOf(invite.expiryTimestamp),
		}
	},
})
