import { z } from '@hono/zod-openapi'
import { defineEvent } from './define.ts'

export const sessionQr = defineEvent({
	type: 'session.qr',
	title: 'A session shows a new QR',
	data: z.object({ qr: z.string(), expires_at: z.iso.datetime() }),
})
