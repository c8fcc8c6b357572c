import { GatewayError } from '../../errors.ts'
import { askWhatsApp } from '../ask/ask-whatsapp.ts'
import { toJid } from '../identity.ts'
import type { SessionDeps } from '../session-deps.ts'

export type Star = {
	message_id: string
	star: boolean
	chat?: string | undefined
	from_me?: boolean | undefined
}

/**
 * Stars a message on all devices of the account, or takes the star back.
 * @throws GatewayError message_not_found if nobody knows which chat it is in
 */
export async function starMessage(
	{ socket, messages }: SessionDeps,
	{ message_id: id, star, chat, from_me }: Star,
): Promise<void> {
	const record = await messages.get(id)
	const jid = chat === undefined ? record?.to : toJid(chat, 'chat')
	if (!jid) {
		const advice = `No message ${id} is kept: name its chat in \`chat\`.`
		throw new GatewayError('message_not_found', advice, { field: 'chat' })
	}
	const fromMe = record?.from_me ?? from_me ?? false
	await askWhatsApp(() => socket.star(jid, [{ id, fromMe }], star))
}
