import { jidDecode } from '@whiskeysockets/baileys'
import type { Memory } from '../send/message-references.ts'

/** The number of the device that a session is: an account has several. */
export async function deviceOf({ socket }: Memory): Promise<number> {
	return jidDecode(socket.user?.id)?.device ?? 0
}
