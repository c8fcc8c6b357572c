import type { Mex } from './mex.ts'

const NOTHING = { type: 'DEFAULT', until: 0 }

const reachout: Mex = (_whatsapp, { account }) => {
	const { type, until } = account.limits?.reachout ?? NOTHING
	return {
		path: 'xwa2_fetch_account_reachout_timelock',
		data: {
			is_active: account.limits?.reachout !== undefined,
			time_enforcement_ends: String(until),
			enforcement_type: type,
		},
	}
}

const newChats: Mex = (_whatsapp, { account }) => {
	const { newChats } = account.limits ?? {}
	const capped = newChats && newChats.used >= newChats.quota
	return {
		path: 'xwa2_message_capping_info',
		data: newChats
			? {
					total_quota: newChats.quota,
					used_quota: newChats.used,
					capping_status: capped ? 'CAPPED' : 'NONE',
				}
			: null,
	}
}

/** What an account may not do for some time, by the numbers that clients send (Baileys' Types/Mex). */
export const limitMex: Record<string, Mex> = {
	'23983697327930364': reachout,
	'24503548349331633': newChats,
}
