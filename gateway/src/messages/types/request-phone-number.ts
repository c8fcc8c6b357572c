import { z } from '@hono/zod-openapi'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

export const requestPhoneNumber = defineMessage({
	type: 'request-phone-number',
	title: 'Request Phone Number',
	description: `Asks somebody of whom only an \`…@lid\` is known for the phone number. ${unverified}`,
	schema: z.object({}),
	toContent: () => ({ requestPhoneNumberMessage: {} }),
	fromContent: ({ requestPhoneNumberMessage: request }) => (request ? {} : undefined),
})
