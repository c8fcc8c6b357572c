import { z } from '@hono/zod-openapi'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

export const requestPhoneNumber = defineMessage({
	type: 'request-phone-number',
	title: 'Request Phone Number',
	description: `Asks a person for their phone number, if only their \`…@lid\` is known. ${unverified}`,
	schema: z.object({}),
	toContent: () => ({ requestPhoneNumberMessage: {} }),
	fromContent: ({ requestPhoneNumberMessage: request }) => (request ? {} : undefined),
})
