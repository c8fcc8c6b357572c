import type { WASocket } from '@whiskeysockets/baileys'
import type { AddressingDeps } from './chat-addressing.ts'
import type { MessageStore } from './state/messages.ts'

/** What an action on WhatsApp needs: an open socket and what is known of chats, people and messages. */
export type SessionDeps = AddressingDeps & { socket: WASocket; messages: MessageStore }
