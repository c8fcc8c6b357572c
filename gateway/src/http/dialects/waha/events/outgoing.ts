import type { LooseJson } from '../../loose-json.ts'
import type { EventOf, RenderContext } from '../../dialect.ts'
import { reacted, revoked } from './acts.ts'
import { edited } from './messages.ts'
import type { Told } from './told.ts'

/** What the API did to a message: WAHA tells it as what others do. A message itself is `message.any` alone. */
export function outgoing(
	event: EventOf<'message.outgoing'>,
	context: RenderContext,
): Told | undefined {
	const { data, raw } = event
	const content: LooseJson = raw?.message ?? {}
	const reaction = content.reactionMessage
	if (reaction?.key?.id)
		return reacted(
			{
				...event,
				type: 'message.reaction',
				data: { ...data, message_id: reaction.key.id, emoji: reaction.text || null },
			},
			context,
		)
	const protocol = content.protocolMessage ?? content.editedMessage?.message?.protocolMessage
	if (!protocol?.key?.id) return undefined
	const about = { ...data, message_id: protocol.key.id as string }
	const { editedMessage } = protocol
	if (editedMessage) {
		const text = editedMessage.conversation ?? editedMessage.extendedTextMessage?.text ?? data.text
		return edited({ ...event, type: 'message.edited', data: { ...about, text } }, context)
	}
	// Not settings of the chat, which are told with such a message as well.
	if (protocol.type !== 'REVOKE') return undefined
	const author = data.sender
	return revoked(
		{ ...event, type: 'message.deleted', data: { ...about, author, as_admin: false } },
		context,
	)
}
