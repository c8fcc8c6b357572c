import { z } from '@hono/zod-openapi'
import { messageTypes } from '../../src/messages/index.ts'
import type { MessageDefinition } from '../../src/messages/define.ts'
import { choicesOf, isFile, partsOf, type SchemaPart } from '../n8n/schema.ts'

/** A field of a form of the console. */
export type FormField = {
	name: string
	title: string
	description: string
	required: boolean
	/** `lines`: a list of texts, one on each line; `json`: anything else that is no plain value. */
	kind: 'text' | 'long' | 'number' | 'boolean' | 'choice' | 'file' | 'lines' | 'json'
	options?: (string | number)[]
	example?: unknown
}

/** The form of a message type. */
export type MessageForm = { type: string; title: string; description: string; fields: FormField[] }

/** The forms of _Try it_, from the definitions of messages. */
export function messageForms(): MessageForm[] {
	return (messageTypes as readonly MessageDefinition[]).map((definition) => ({
		type: definition.type,
		title: definition.title,
		description: definition.description,
		fields: partsOf(definition.schema).map(fieldOf),
	}))
}

function fieldOf({ name, title, description, required, schema, example }: SchemaPart): FormField {
	const options = choicesOf(schema)
	return {
		name,
		title,
		description,
		required,
		kind: kindOf(schema),
		...(options && { options }),
		...(example !== undefined && { example }),
	}
}

const LONG = 200

function kindOf(schema: z.ZodType): FormField['kind'] {
	if (isFile(schema)) return 'file'
	if (choicesOf(schema)) return 'choice'
	if (schema instanceof z.ZodBoolean) return 'boolean'
	if (schema instanceof z.ZodNumber) return 'number'
	if (schema instanceof z.ZodArray && schema.element instanceof z.ZodString) return 'lines'
	if (schema instanceof z.ZodString) return (schema.maxLength ?? 0) > LONG ? 'long' : 'text'
	return schema instanceof z.ZodStringFormat ? 'text' : 'json'
}
