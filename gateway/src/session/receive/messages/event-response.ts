import { decryptEventResponse, proto } from '@whiskeysockets/baileys'
import type { Reading } from './define.ts'
import { unseal } from './secrets.ts'
import { aboutOf, targetOf } from './target-message.ts'

const { EventResponseType: Type } = proto.Message.EventResponseMessage
const responses = {
	[Type.GOING]: 'going',
	[Type.NOT_GOING]: 'not_going',
	[Type.MAYBE]: 'maybe',
} as const

export const readEventResponse: Reading = async (arrived, receiver) => {
	const sealed = arrived.content.encEventResponseMessage!
	const id = sealed.eventCreationMessageKey?.id
	if (!id) return undefined
	const about = aboutOf(id, arrived, receiver)
	const event = await targetOf(id, about.chat, receiver)
	const said =
		event?.secret &&
		unseal(event.author, about.sender, (eventCreatorJid, responderJid) =>
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
	return { happening: { type: 'event.response', data }, changes: [] }
}
