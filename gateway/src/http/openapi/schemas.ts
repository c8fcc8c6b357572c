import { z } from '@hono/zod-openapi'
import type { Hook } from '@hono/zod-openapi'
import { GatewayError } from '../../errors.ts'
import { identity } from '../../events/identity.ts'
import { lastDisconnect, sessionStatus } from '../../events/types/session-status.ts'
import type { AppEnv } from '../api-keys/caller.ts'

export const problemSchema = z
	.object({
		type: z.string(),
		title: z.string(),
		status: z.number().int(),
		detail: z.string().meta({ description: 'What the caller can do about it' }),
		code: z.string().meta({ examples: ['invalid_recipient'] }),
		field: z.string().optional().meta({ description: 'The field at fault' }),
		whatsapp_code: z.string().optional().meta({ description: "WhatsApp's own code" }),
	})
	.openapi('Problem')

export const sessionSchema = z
	.object({
		id: z.string().meta({ examples: ['main'] }),
		name: z.string(),
		workspace: z.string().nullable().meta({ description: 'The one that it belongs to' }),
		status: sessionStatus,
		me: identity.nullable().meta({ description: 'The account it is linked to' }),
		created_at: z.iso.datetime(),
		updated_at: z.iso.datetime(),
		last_disconnect: lastDisconnect.nullable(),
	})
	.openapi('Session')

/** Ids become parts of file names. */
export const newSessionId = z
	.string()
	.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'takes letters, digits, - and _, up to 64')

/** A workspace is only a name that sessions and keys have in common. */
export const workspaceId = z.guid()

export const sessionParam = z.object({ session: z.string().meta({ examples: ['main'] }) })

export function json<Schema extends z.ZodType>(schema: Schema) {
	return { content: { 'application/json': { schema } } }
}

/** A body that must be there. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
	return { required: true as const, ...json(schema) }
}

/** An answer of bytes. */
export const fileContent = {
	'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) },
}

/** A file as JSON. */
export const fileSchema = z
	.object({
		data: z.string().meta({ description: 'base64' }),
		mimetype: z.string(),
		filename: z.string(),
		size: z.number().int().meta({ description: 'Bytes' }),
		sha256: z.string().meta({ description: 'Hex' }),
	})
	.openapi('File')

/** The answers to everything that goes wrong, for the OpenAPI document. */
export const problems = {
	default: {
		description: 'Not done; the body says why and what to do',
		content: { 'application/problem+json': { schema: problemSchema } },
	},
}

/** The answer where there is nothing to say. */
export const done = { success: true as const }

/** How it is described. */
export function doneAnswer(description: string) {
	const schema = z.object({ success: z.literal(true) }).openapi('Done')
	return { 200: { description, ...json(schema) }, ...problems }
}

/** Answers every failed validation in one way, naming the field. */
export const refuseInvalid: Hook<unknown, AppEnv, string, unknown> = (result) => {
	if (!result.success) throw invalid(result.error)
}

/** What is wrong with a request, naming the first field at fault. */
export function invalid({ issues }: { issues: readonly Issue[] }): GatewayError {
	const words = issues.map(
		({ path, message }) => `\`${path.map(String).join('.') || 'body'}\`: ${message}`,
	)
	const field = issues[0]?.path.map(String).join('.')
	return new GatewayError('invalid_request', `${words.join('. ')}.`, field ? { field } : {})
}

type Issue = { path: PropertyKey[]; message: string }
