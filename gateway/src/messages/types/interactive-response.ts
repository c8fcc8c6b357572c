import { z } from '@hono/zod-openapi'
import { fields } from '../fields/choices.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { isJson } from '../fields/json-text.ts'

const DEFAULT = 0 // InteractiveResponseMessage.Body.Format

export const interactiveResponse = defineMessage({
	type: 'interactive-response',
	title: 'Answer Interactive',
	description: `The reply that a choice in an interactive message ("native flow") sends. \`reply_to\` is that message. ${unverified}`,
	schema: z.object({
		body_text: z
			.string()
			.max(4_096)
			.optional()
			.meta({ title: 'Text', description: 'Text that is shown', examples: ['Response body'] }),
		name: fields.label('Kind', 'quick_reply, menu_options, …', 'quick_reply'),
		params_json: z
			.string()
			.min(2)
			.max(32_768)
			.refine(isJson, 'must be JSON')
			.meta({
				title: 'Parameters',
				description: 'The choice, as a JSON string',
				examples: ['{"id":"btn1"}'],
			}),
		version: z
			.number()
			.int()
			.min(1)
			.max(100)
			.default(3)
			.meta({ title: 'Version', description: 'Version of the parameters', examples: [3] }),
	}),
	toContent: ({ body_text: text, name, params_json: paramsJson, version }) => ({
		interactiveResponseMessage: {
			...(text !== undefined && { body: { text, format: DEFAULT } }),
			nativeFlowResponseMessage: { name, paramsJson, version },
		},
	}),
	fromContent({ interactiveResponseMessage: response }) {
		if (!response) return undefined
		const { body, nativeFlowResponseMessage: flow } = response
		return {
			body_text: body?.text || undefined,
			name: flow?.name ?? '',
			params_json: flow?.paramsJson ?? '',
			version: flow?.version || undefined,
		}
	},
	textOf: ({ body_text: text }) => text,
})
