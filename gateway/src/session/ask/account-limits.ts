import { QueryIds, XWAPaths, type WASocket } from '@whiskeysockets/baileys'
import { z } from 'zod'
import { askMex, type MexQuery } from './mex.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

const REACHOUT: MexQuery = [
	{ id: QueryIds.REACHOUT_TIMELOCK, path: XWAPaths.xwa2_fetch_account_reachout_timelock },
]
const NEW_CHATS: MexQuery = [
	{ id: QueryIds.MESSAGE_CAPPING_INFO, path: XWAPaths.xwa2_message_capping_info },
]

/** A number, which GraphQL may write as a text; null and 0 say nothing. */
const number = z.coerce.number().nullish()

const reachoutAnswer = z
	.looseObject({
		is_active: z.boolean().nullish(),
		time_enforcement_ends: number,
		enforcement_type: z.string().nullish(),
	})
	.nullable()

const newChatsAnswer = z
	.looseObject({ total_quota: number, used_quota: number, capping_status: z.string().nullish() })
	.nullable()

/** What WhatsApp does not let an account do for some time. */
export type AccountLimits = {
	/** Whether it may not write to people who are new to it; until when: Unix time in seconds. */
	reachout: { active: boolean; until: number | null; type: string | null }
	/** How many chats it may begin; null for what WhatsApp does not say. */
	newChats: { quota: number | null; used: number | null; status: string | null }
}

/** WhatsApp's name for "nothing is wrong". */
const NO_TYPE = 'DEFAULT'

/** @throws GatewayError those of `askWhatsApp` */
export async function askAccountLimits(socket: WASocket): Promise<AccountLimits> {
	const [lock, cap] = await Promise.all([
		askMex(socket, REACHOUT, {}).then((answer) => read(reachoutAnswer, answer)),
		askMex(socket, NEW_CHATS, { input: { type: 'INDIVIDUAL_NEW_CHAT_MSG' } }).then((answer) =>
			read(newChatsAnswer, answer),
		),
	])
	const type = lock?.enforcement_type ?? NO_TYPE
	return {
		reachout: {
			active: lock?.is_active ?? false,
			until: lock?.time_enforcement_ends || null,
			type: type === NO_TYPE ? null : type,
		},
		newChats: {
			quota: cap?.total_quota ?? null,
			used: cap?.used_quota ?? null,
			status: cap?.capping_status ?? null,
		},
	}
}

function read<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
	const parsed = schema.safeParse(answer)
	if (parsed.success) return parsed.data
	throw answerUnreadable(z.prettifyError(parsed.error), parsed.error)
}
