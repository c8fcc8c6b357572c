import { z } from '@hono/zod-openapi'

/** Lengths are what WhatsApp carries; phones cut labels much earlier. */
const label = z.string().min(1).max(256)
const body = z.string().min(1).max(4_096)

/** Fields that messages with something to choose have in common. */
export const fields = {
	body: (example: string) =>
		body.meta({ title: 'Text', description: 'Text of the message', examples: [example] }),
	footer: z
		.string()
		.max(1_024)
		.optional()
		.meta({
			title: 'Footer',
			description: 'Small text below the message',
			examples: ['Open until 18:00'],
		}),
	header: z
		.string()
		.max(1_024)
		.optional()
		.meta({ title: 'Header', description: 'Bold text above the message', examples: ['Main Menu'] }),
	label: (title: string, description: string, example: string) =>
		label.meta({ title, description, examples: [example] }),
	/** Of something to choose; `withIds` makes it if it is left out. */
	id: (example: string) =>
		label.optional().meta({
			title: 'ID',
			description:
				'Id that the answer has when it is chosen. If left out, it is the text, with a number if that is taken',
			examples: [example],
		}),
}
