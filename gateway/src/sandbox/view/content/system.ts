import { proto } from '@whiskeysockets/baileys'
import type { Content } from '../bubble.ts'
import { count, type Readers } from './readers.ts'

const { Type } = proto.Message.ProtocolMessage

const system = (text: string): Content => ({ kind: 'system', text })

const DAY_SECONDS = 86_400

/** How long messages stay, in words. */
export function lasting(seconds: number): string {
	const days = seconds / DAY_SECONDS
	if (Number.isInteger(days)) return days === 1 ? '1 day' : `${days} days`
	const hours = seconds / 3600
	if (Number.isInteger(hours)) return hours === 1 ? '1 hour' : `${hours} hours`
	return `${seconds} seconds`
}

/** What a setting of a timer says. */
export const timerSentence = (seconds: number) =>
	seconds
		? `Messages disappear after ${lasting(seconds)} from now on.`
		: 'Messages no longer disappear.'

const { CallOutcome } = proto.Message.CallLogMessage

/** What stands in the middle of a chat. */
export const systemReaders: Readers = {
	protocolMessage: ({ type, ephemeralExpiration, limitSharing, memberLabel }) => {
		if (type === Type.EPHEMERAL_SETTING) return system(timerSentence(ephemeralExpiration ?? 0))
		if (type === Type.SHARE_PHONE_NUMBER) return system('The phone number was shared.')
		if (type === Type.GROUP_MEMBER_LABEL_CHANGE)
			return system(
				memberLabel?.label
					? `Calls themselves “${memberLabel.label}” here.`
					: 'Has no label here any more.',
			)
		if (type === Type.LIMIT_SHARING)
			return system(
				limitSharing?.sharingLimited
					? 'Sharing from this chat is limited.'
					: 'Sharing from this chat is no longer limited.',
			)
		return { kind: 'other', name: `protocolMessage ${Type[type ?? 0] ?? type}` }
	},
	requestPhoneNumberMessage: () => system('Asks for your phone number.'),
	scheduledCallEditMessage: () => system('The planned call was canceled.'),
	callLogMesssage: ({ isVideo, callOutcome, durationSecs }) => {
		const what = isVideo ? 'Video call' : 'Call'
		const outcome = CallOutcome[callOutcome ?? 0]?.toLowerCase().replaceAll('_', ' ')
		const seconds = count(durationSecs)
		return system(`${what}, ${outcome}${seconds ? `, ${seconds} seconds` : ''}.`)
	},
}
