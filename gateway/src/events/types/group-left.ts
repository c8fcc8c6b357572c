import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { ofGroup } from '../fields/group.ts'

export const groupLeft = defineEvent({
	type: 'group.left',
	title: 'This account is no longer in a group',
	description: 'It left, or `by` removed it. `group.participants` tells it as well.',
	data: z.object(ofGroup),
	example: { chat: examples.group, by: examples.ada },
})
