import { z } from '@hono/zod-openapi'
import { defineReceived } from '../define.ts'

export const questionAnswer = defineReceived({
	type: 'question-answer',
	title: 'Question Answer',
	description: 'An answer to the question of a channel or status.',
	schema: z.object({
		text: z.string(),
		question_message_id: z.string().optional(),
	}),
	fromContent({
		questionResponseMessage: response,
		statusQuestionAnswerMessage: answer,
		statusQuotedMessage: quoted,
	}) {
		const said = response ?? answer ?? quoted
		if (!said) return undefined
		const key = (response ?? answer)?.key ?? quoted?.originalStatusId
		return { text: said.text ?? '', question_message_id: key?.id || undefined }
	},
	textOf: ({ text }) => text || undefined,
})
