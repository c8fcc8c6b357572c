import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const SHARE_PHONE_NUMBER = 11 // ProtocolMessage.Type

export const sharePhoneNumber = defineMessage({
	type: 'share-phone-number',
	title: 'Share Phone Number',
	description: `Shows this account's phone number to a person who knows it only as \`…@lid\`. ${unverified} ${unquotable}`,
	schema: z.object({}),
	toContent: () => ({ protocolMessage: { type: SHARE_PHONE_NUMBER } }),
	fromContent: ({ protocolMessage: protocol }) =>
		protocol?.type === SHARE_PHONE_NUMBER ? {} : undefined,
})
