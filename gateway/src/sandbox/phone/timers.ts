import { proto } from '@whiskeysockets/baileys'
import { now } from '../server/stanza.ts'
import type { PhoneContext } from './context.ts'
import type { Timer } from './state.ts'

const { Type } = proto.Message.ProtocolMessage
const { Initiator, Trigger } = proto.DisappearingMode

/** The message that sets the timer of a chat with one person. @param seconds 0 turns it off */
export const timerSetting = (chat: string, seconds: number): proto.IMessage => ({
	protocolMessage: {
		key: { remoteJid: chat, fromMe: true },
		type: Type.EPHEMERAL_SETTING,
		ephemeralExpiration: seconds,
		ephemeralSettingTimestamp: now(),
		disappearingMode: {
			initiator: Initiator.CHANGED_IN_CHAT,
			trigger: Trigger.CHAT_SETTING,
			initiatedByMe: true,
		},
	},
})

/** After how long messages disappear, by chat; both sides of a chat set it. */
export class Timers {
	readonly #context: PhoneContext

	constructor(context: PhoneContext) {
		this.#context = context
	}

	/** Follows a change by this person or another one. */
	note(chat: string, { protocolMessage }: proto.IMessage): void {
		if (protocolMessage?.type !== Type.EPHEMERAL_SETTING) return
		const seconds = protocolMessage.ephemeralExpiration ?? 0
		const at = Number(protocolMessage.ephemeralSettingTimestamp ?? now())
		this.#timers[this.#keyOf(chat)] = { seconds, at }
	}

	/** What messages in this chat say about their end. */
	contextIn(chat: string): proto.IContextInfo | undefined {
		const group = this.#context.whatsapp.directory.groups.get(chat)
		if (group) return group.ephemeral ? { expiration: group.ephemeral } : undefined
		const timer = this.#timers[this.#keyOf(chat)]
		if (!timer?.seconds) return undefined
		return { expiration: timer.seconds, ephemeralSettingTimestamp: timer.at }
	}

	get #timers(): Record<string, Timer> {
		return (this.#context.state.timers ??= {})
	}

	/** A chat is one, whether its person is called by number or by LID. */
	#keyOf(chat: string): string {
		return this.#context.whatsapp.directory.account(chat)?.phone ?? chat
	}
}
