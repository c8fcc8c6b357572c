import { decryptEventResponse, proto } from '@whiskeysockets/baileys'
import type { MessageReader } from './define.ts'
import { decryptForPair } from './secrets.ts'
import { targetFields, findTarget } from './target-message.ts'

const { EventResponseType: Type } = proto.Message.EventResponseMessage
const responses = {
	[Type.GOING]: 'going',
	[Type.NOT_GOING]: 'not_going',
	[Type.MAYBE]: 'maybe',
} as const

export const readEventResponse: MessageReader = async (unwrapped, deps) => {
	const sealed = unwrapped.content.encEventResponseMessage!
	const id = sealed.eventCreationMessageKey?.id
	if (!id) return undefined
	const about = targetFields(id, unwrapped, deps)
	const event = await findTarget(id, about.chat, deps)
	const said =
		event?.secret &&
		decryptForPair(event.author, about.sender, (eventCreatorJid, responderJid) =>
			decryptEventResponse(sealed, {
				eventCreatorJid,
				eventMsgId: id,
				eventEncKey: event.secret!,
				responderJid,
			}),
		)
	const data = {
		...about,
		event: (event?.said['name'] as string | undefined) ?? null,
		response: (said && responses[said.response as keyof typeof responses]) ?? null,
		extra_guests: (said && said.extraGuestCount) || 0,
	}
	return { event: { type: 'event.response', data }, changes: [] }
}
