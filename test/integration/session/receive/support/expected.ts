import assert from 'node:assert/strict'
import { proto, type WAMessage } from '@whiskeysockets/baileys'
import { eventTypes, type GatewayEvent } from '../../../../../gateway/src/events/index.ts'
import { kindOf, partsOfContent, unwrap } from '../../../../../gateway/src/messages/wrappers.ts'
import { firstOf } from '../../../../../gateway/src/session/receive/messages/second-file.ts'
import {
	actionsWithoutEffect,
	reasonForSilence,
} from '../../../../../gateway/src/session/receive/messages/silent.ts'
import { ADA } from './reader.ts'

/** Whether a message may be an event, and whether it may be none. */
export function mayBe(message: proto.IMessage): { told: boolean; silent: boolean } {
	const { content, viewOnce } = unwrap(message)
	const parts = partsOfContent(content).map((part) => partMayBe(part, viewOnce))
	return { told: parts.some(({ told }) => told), silent: parts.every(({ silent }) => silent) }
}

function partMayBe(content: proto.IMessage, viewOnce: boolean) {
	const unwrapped = { message: { key: { remoteJid: ADA } } as WAMessage, content, viewOnce }
	if (reasonForSilence(unwrapped)) return { told: false, silent: true }
	// The first file may have come, under one of the few ids that there are.
	if (firstOf(content)) return { told: true, silent: true }
	if (content.protocolMessage) {
		const type = content.protocolMessage.type ?? Type.REVOKE
		return { told: true, silent: changing.includes(type) }
	}
	const kind = kindOf(content)
	const isAction = kind !== undefined && kind in actionsWithoutEffect
	const namesNone = isAction && !targetOf(content)
	return { told: !namesNone, silent: namesNone }
}

const { Type } = proto.Message.ProtocolMessage
/** Types that change something, of which nothing is told where there is nothing to change. */
export const changing = [
	Type.REVOKE,
	Type.MESSAGE_EDIT,
	Type.EPHEMERAL_SETTING,
	Type.EPHEMERAL_SYNC_RESPONSE,
	Type.GROUP_MEMBER_LABEL_CHANGE,
]

function targetOf(content: proto.IMessage): string | null | undefined {
	const { reactionMessage, pinInChatMessage, keepInChatMessage } = content
	const key =
		(reactionMessage ?? pinInChatMessage ?? keepInChatMessage)?.key ??
		content.pollUpdateMessage?.pollCreationMessageKey ??
		content.encEventResponseMessage?.eventCreationMessageKey
	return key?.id
}

/** An event must be as its schema says. */
export function assertDescribed(event: GatewayEvent) {
	const { data } = eventTypes.find(({ type }) => type === event.type)!
	const { error } = data.safeParse(JSON.parse(JSON.stringify(event.data)))
	assert.equal(error, undefined, `${event.type} ${error?.message} ${JSON.stringify(event)}`)
}
