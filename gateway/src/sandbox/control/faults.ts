import { Hono } from 'hono'
import { z } from 'zod'
import type { Sandbox } from '../sandbox.ts'
import { accountOf, body, ControlError, phoneNumber } from './context.ts'

const account = { account: phoneNumber }
const fault = z.discriminatedUnion('type', [
	z.object({ type: z.literal('drop'), ...account }),
	z.object({ type: z.literal('stream_error'), ...account, code: z.number().int() }),
	z.object({ type: z.literal('hold_acks'), ...account }),
	z.object({ type: z.literal('release_acks'), ...account }),
	z.object({
		type: z.literal('refuse_messages'),
		...account,
		code: z.number().int(),
		times: z.number().int().min(1).default(1),
	}),
	z.object({ type: z.literal('garble'), ...account, times: z.number().int().min(1).default(1) }),
	z.object({
		type: z.literal('lose_media'),
		...account,
		status: z.union([z.literal(404), z.literal(410)]).default(404),
	}),
	z.object({ type: z.literal('redeliver'), ...account, message_id: z.string() }),
	z.object({ type: z.literal('down'), seconds: z.number().positive().max(3600) }),
])

/** Routes that cause faults. */
export function faultRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.post('/faults', async (c) => {
		const { whatsapp } = sandbox
		const wanted = await body(c, fault)
		if (wanted.type === 'down') whatsapp.faults.goDown(wanted.seconds * 1000)
		else {
			const target = accountOf(sandbox, wanted.account)
			if (wanted.type === 'drop') whatsapp.drops(target)
			if (wanted.type === 'stream_error') whatsapp.endsStreams(target, wanted.code)
			if (wanted.type === 'hold_acks') whatsapp.faults.holdAcks(target.phone)
			if (wanted.type === 'release_acks') whatsapp.faults.releaseAcks(target.phone)
			if (wanted.type === 'refuse_messages')
				whatsapp.faults.refuseMessages(target.phone, wanted.code, wanted.times)
			if (wanted.type === 'garble') whatsapp.faults.garbleMessagesTo(target.phone, wanted.times)
			if (wanted.type === 'lose_media') await whatsapp.media.loses(target.phone, wanted.status)
			if (wanted.type === 'redeliver' && !whatsapp.redelivers(target, wanted.message_id))
				throw new ControlError(
					404,
					`Message ${wanted.message_id} was never delivered to this account.`,
				)
		}
		return c.json({ done: wanted.type })
	})
	return app
}
