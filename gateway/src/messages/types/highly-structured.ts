import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

export const highlyStructured = defineMessage({
	type: 'highly-structured',
	title: 'Highly Structured',
	description: `A filled-in template of a business. ${unverified} ${unquotable}`,
	schema: z.object({
		namespace: z
			.string()
			.min(1)
			.max(256)
			.meta({
				title: 'Namespace',
				description: 'Namespace of the templates',
				examples: ['your_namespace'],
			}),
		element_name: z
			.string()
			.min(1)
			.max(512)
			.meta({
				title: 'Template',
				description: 'Name of the template',
				examples: ['template_name'],
			}),
		params: z
			.array(z.string().max(4_096))
			.max(100)
			.optional()
			.meta({
				title: 'Parameters',
				description: 'Values for the placeholders, in order',
				examples: [['param1', 'param2']],
			}),
		fallback_lg: z
			.string()
			.max(16)
			.optional()
			.meta({
				title: 'Fallback Language',
				description: 'Language to use if the phone has no translation for its own',
				examples: ['en'],
			}),
		fallback_lc: z
			.string()
			.max(16)
			.optional()
			.meta({
				title: 'Fallback Country',
				description: 'Country of the fallback language',
				examples: ['US'],
			}),
	}),
	toContent: (input) => ({
		highlyStructuredMessage: {
			namespace: input.namespace,
			elementName: input.element_name,
			params: input.params ?? [],
			fallbackLg: input.fallback_lg,
			fallbackLc: input.fallback_lc,
		},
	}),
	fromContent({ highlyStructuredMessage: template }) {
		if (!template) return undefined
		return {
			namespace: template.namespace ?? '',
			element_name: template.elementName ?? '',
			params: template.params?.length ? template.params : undefined,
			fallback_lg: template.fallbackLg || undefined,
			fallback_lc: template.fallbackLc || undefined,
		}
	},
	textOf: ({ params }) => params?.join('\n'),
})
