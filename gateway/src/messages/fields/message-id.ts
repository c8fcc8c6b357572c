import { z } from '@hono/zod-openapi'

/** The id of an earlier message. */
export const messageIdField = (title: string, description: string) =>
	z
		.string()
		.min(1)
		.max(128)
		.meta({ title, description, examples: ['3EB0538DA65A59F6D8A251'] })
