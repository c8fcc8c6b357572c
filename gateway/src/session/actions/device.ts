import { jidDecode } from '@whiskeysockets/baileys'
import type { SessionDeps } from '../session-deps.ts'

/** The number of the device that a session is: an account has several. */
export async function deviceOf({ socket }: SessionDeps): Promise<number> {
	return jidDecode(socket.user?.id)?.device ?? 0
}
