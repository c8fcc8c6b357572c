import { proto } from '@whiskeysockets/baileys'
import type { MessageReader } from './define.ts'
import { decryptWithSecret, type Sealing } from './secrets.ts'
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
	const { secret, author } = event ?? {}
	const said = secret && author && responseIn(sealed, { id, secret, author, sender: about.sender })
	const data = {
		...about,
		event: (event?.said['name'] as string | undefined) ?? null,
		response: (said && responses[said.response as keyof typeof responses]) ?? null,
		extra_guests: (said && said.extraGuestCount) || 0,
	}
	return { event: { type: 'event.response', data }, changes: [] }
}

function responseIn(sealed: proto.Message.IEncEventResponseMessage, sealing: Sealing) {
	const plain = decryptWithSecret(sealed, 'Event Response', sealing)
	return plain && proto.Message.EventResponseMessage.decode(plain)
}
