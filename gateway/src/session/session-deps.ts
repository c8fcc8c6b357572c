import type { WASocket } from '@whiskeysockets/baileys'
import type { AddressingDeps } from './chat-addressing.ts'
import type { MessageStore } from './state/messages.ts'

/** The dependencies of an action: an open socket, and the known chats, people and messages. */
export type SessionDeps = AddressingDeps & { socket: WASocket; messages: MessageStore }
