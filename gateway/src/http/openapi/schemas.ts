import { z } from '@hono/zod-openapi'
import type { Hook } from '@hono/zod-openapi'
import { GatewayError, type FieldIssue } from '../../errors.ts'
import { identity } from '../../events/identity.ts'
import { lastDisconnect, sessionStatus } from '../../events/types/session-status.ts'
import { deviceProps } from '../../session/device-props.ts'
import { sessionMetadata } from '../../session/session-settings.ts'
import { plainly } from '../../lib/plain-issues.ts'
import type { AppEnv } from '../api-keys/caller.ts'

export const problemSchema = z
	.object({
		type: z.string(),
		title: z.string(),
		status: z.number().int(),
		detail: z.string().meta({ description: 'What failed, and how to fix it' }),
		code: z.string().meta({ examples: ['invalid_recipient'] }),
		field: z.string().optional().meta({ description: 'The invalid field' }),
		whatsapp_code: z.string().optional().meta({ description: "WhatsApp's own error code" }),
	})
	.openapi('Problem')

export const sessionSchema = z
	.object({
		id: z.string().meta({ examples: ['main'] }),
		name: z.string(),
		workspace: z
			.string()
			.nullable()
			.meta({ description: 'Id of the workspace, null if it has none' }),
		metadata: sessionMetadata,
		tags: z.array(z.string()).meta({ examples: [['support']] }),
		status: sessionStatus,
		me: identity.nullable().meta({ description: 'The linked account, null if none is linked' }),
		device: deviceProps
			.nullable()
			.meta({ description: 'How the phone lists this device; null for the usual way' }),
		created_at: z.iso.datetime(),
		updated_at: z.iso.datetime(),
		last_disconnect: lastDisconnect.nullable(),
	})
	.openapi('Session')

/** The id of a new session. It becomes part of file names. */
export const newSessionId = z
	.string()
	.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must have 1 to 64 letters, digits, - or _')

/** What people call a session or a key. Blanks alone would be no name. */
export const shownName = z.string().trim().min(1).max(100)

/** A workspace is an id that sessions and keys share; nothing else is stored about it. */
export const workspaceId = z.guid()

export const sessionParam = z.object({ session: z.string().meta({ examples: ['main'] }) })

/** A JSON response, or part of a request. */
export function json<Schema extends z.ZodType>(schema: Schema) {
	return { content: { 'application/json': { schema } } }
}

/** A required JSON body. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
	return { required: true as const, ...json(schema) }
}

/** A response of bytes. */
export const binaryContent = {
	'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) },
}

/** A file within JSON. */
export const fileSchema = z
	.object({
		data: z.string().meta({ description: 'Content in base64' }),
		mimetype: z.string(),
		filename: z.string(),
		size: z.number().int().meta({ description: 'Size in bytes' }),
		sha256: z.string().meta({ description: 'SHA-256 of the content, hex' }),
	})
	.openapi('File')

/** The responses to every failure, for the OpenAPI document. */
export const problems = {
	default: {
		description: 'The request failed: `code` says why, `detail` what to do',
		content: { 'application/problem+json': { schema: problemSchema } },
	},
}

/** The body of a response that has nothing to report. */
export const done = { success: true as const }

export const doneSchema = z.object({ success: z.literal(true) }).openapi('Done')

/** The body of a response to what was done by a message. */
export const sentSchema = doneSchema.extend({
	message_id: z.string(),
	status: z
		.enum(['sent', 'pending'])
		.meta({ description: '`pending`: no answer of WhatsApp yet; the gateway goes on trying' }),
})

/** As WA-RS answers: with words for people. */
export const doneWithWords = doneSchema.extend({ message: z.string() })

export const doneSaying = (message: string): z.output<typeof doneWithWords> => ({
	...done,
	message,
})

/** The responses of an operation that answers `done`. */
export function doneResponse(description: string) {
	return { 200: { description, ...json(doneSchema) }, ...problems }
}

/** A hook that turns every failed validation into our error, which names the field. */
export const rejectInvalid: Hook<unknown, AppEnv, string, unknown> = (result) => {
	if (!result.success) throw invalidRequest(result.error)
}

// A long list can have thousands of them.
const MAX_ISSUES = 20

/** The error of a request that fails its schema. Names the issues, up to twenty; `field` is that of the first. */
export function invalidRequest({ issues }: { issues: readonly Issue[] }): GatewayError {
	const texts = issues
		.slice(0, MAX_ISSUES)
		.map((issue) => `\`${issue.path.map(String).join('.') || 'body'}\`: ${plainly(issue)}`)
	const left = issues.length - texts.length
	if (left > 0) texts.push(`${left} more fields are not valid`)
	const field = issues[0]?.path.map(String).join('.')
	return new GatewayError('invalid_request', `${texts.join('. ')}.`, {
		...(field && { field }),
		issues: issues.slice(0, MAX_ISSUES).map(fieldIssueOf),
	})
}

function fieldIssueOf(issue: Issue): FieldIssue {
	const field = issue.path.map(String).join('.')
	const text = plainly(issue)
	return { field, text, isMissing: text.startsWith('is required') }
}

type Issue = { path: PropertyKey[]; message: string }
