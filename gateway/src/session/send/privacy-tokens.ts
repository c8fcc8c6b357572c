import type { WASocket } from '@whiskeysockets/baileys'
import {
	shouldSendNewTcToken,
	storeTcTokensFromIqResult,
} from '@whiskeysockets/baileys/lib/Utils/tc-token-utils.js'

/**
 * Gives a contact our privacy token, once a week. Baileys wants to do so at every message, because what it
 * notes of it is written into a transaction that is over already; a query for each message nearly halves
 * the rate (measured in 7.0.0-rc14).
 * @param lid the contact's hidden id, once that is known
 */
export async function issuePrivacyToken(
	{ authState: { keys }, signalRepository, issuePrivacyTokens }: WASocket,
	to: string,
	lid: string,
): Promise<void> {
	const { [lid]: known } = await keys.get('tctoken', [lid])
	if (!shouldSendNewTcToken(known?.senderTimestamp)) return
	const senderTimestamp = Math.floor(Date.now() / 1000)
	await keys.set({ tctoken: { [lid]: { token: Buffer.alloc(0), ...known, senderTimestamp } } })
	const getLIDForPN = (jid: string) => signalRepository.lidMapping.getLIDForPN(jid)
	// The message need not wait for it, and goes through without it.
	issuePrivacyTokens([to], senderTimestamp)
		.then((result) => storeTcTokensFromIqResult({ result, fallbackJid: lid, keys, getLIDForPN }))
		.catch(() => undefined)
}
