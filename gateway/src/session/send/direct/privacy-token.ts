import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'
import { isTcTokenExpired } from '@whiskeysockets/baileys/lib/Utils/tc-token-utils.js'

/**
 * The token with which a person lets us write to them, as the stanza has it.
 * @returns undefined if it has expired: Baileys forgets it then
 */
export async function privacyToken(
	{ authState: { keys }, serverProps }: WASocket,
	lid: string,
): Promise<{ nodes: BinaryNode[] } | undefined> {
	const { [lid]: known } = await keys.get('tctoken', [lid])
	if (!known?.token?.length) return { nodes: [] }
	if (isTcTokenExpired(known.timestamp)) return undefined
	const isAsked = serverProps.privacyTokenOn1to1
	return { nodes: isAsked ? [{ tag: 'tctoken', attrs: {}, content: known.token }] : [] }
}
