import { z } from '@hono/zod-openapi'
import { communityRef, groupRef } from '../../params.ts'
import { linkWords } from '../../../../session/actions/communities/linked-groups.ts'

export const unverifiedRoute = 'Not verified against WhatsApp.'

export const communityPath = z.object({ jid: communityRef })
export const linkedGroupPath = communityPath.extend({ group_jid: groupRef })

export const communitySchema = z
	.object({
		jid: z.string(),
		name: z.string(),
		topic: z.string().nullable().meta({ description: 'Its description' }),
		participant_count: z.number().int(),
		announcement_jid: z
			.string()
			.nullable()
			.meta({ description: 'The group in which admins make announcements' }),
	})
	.openapi('Community')

const linkedGroupSchema = z
	.object({
		jid: z.string(),
		name: z.string(),
		participant_count: z.number().int().nullable(),
		created_at: z.number().int().nullable().meta({ description: 'Unix time in seconds' }),
		owner: z.string().nullable(),
		announce: z
			.boolean()
			.meta({ description: 'Whether it is the one in which admins make announcements' }),
	})
	.openapi('LinkedGroup')

export const linkedGroupList = z.array(linkedGroupSchema)

export const linkResults = z.array(
	z
		.object({
			jid: z.string(),
			status: z.enum(linkWords),
			code: z.number().int().nullable().meta({ description: "WhatsApp's code; 200 is success" }),
		})
		.openapi('LinkResult'),
)
