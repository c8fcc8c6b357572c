import { z } from '@hono/zod-openapi'
import type { SendResult } from '../../../session/send/send-result.ts'

const success = z.literal(true)

/** The response to each message type. We add the id of a text: reactions and deletions need it. */
export const sent = z
	.object({
		success,
		message: z.string(),
		messageId: z.string().optional(),
		result: z
			.object({
				key: z.object({ remoteJid: z.string(), fromMe: z.literal(true), id: z.string() }),
				messageTimestamp: z.number().int(),
				status: z.enum(['sent', 'pending']),
			})
			.optional(),
	})
	.openapi('WaFastApiSent')

export const sentFiles = z
	.object({ success, sent: z.number().int(), messages: z.array(z.string()) })
	.openapi('WaFastApiSentFiles')

type SentText = Omit<z.output<typeof sent>, 'success'>

const renderers: Record<string, (result: SendResult) => SentText> = {
	text: ({ message_id: messageId }) => ({ message: 'Message sent successfully', messageId }),
	location: ({ message_id: messageId }) => ({ message: 'Location sent successfully', messageId }),
	poll: (result) => ({
		message: 'Poll sent',
		messageId: result.message_id,
		result: {
			key: { remoteJid: result.to, fromMe: true, id: result.message_id },
			messageTimestamp: result.timestamp,
			status: result.status,
		},
	}),
	react: () => ({ message: 'Reaction sent' }),
	revoke: () => ({ message: 'Message deleted' }),
}

/** The response to a send. */
export function renderSent(result: SendResult, type: string): z.output<typeof sent> {
	return { success: true, ...renderers[type]!(result) }
}
