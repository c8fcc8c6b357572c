import type { WASocket } from '@whiskeysockets/baileys'
import { SECOND_MS } from '../../lib/units.ts'
import { perSocket } from '../per-socket.ts'
import { channelQueries } from './channel-queries.ts'
import { askMex } from './mex.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/** WhatsApp does not like to be asked at every letter of a search. */
const KEEP_MS = 15 * SECOND_MS

type Kept = { all: Promise<unknown[]>; until: number }
const keptFor = perSocket((): { list?: Kept } => ({}))

/**
 * The channels that the account follows or has a part in, as GraphQL describes them; at most 15 s old.
 * @throws GatewayError those of `askWhatsApp`
 */
export function channelsOf(socket: WASocket): Promise<unknown[]> {
	const kept = keptFor(socket)
	if (kept.list && kept.list.until > Date.now()) return kept.list.all
	const asked = { all: ask(socket), until: Date.now() + KEEP_MS }
	kept.list = asked
	asked.all.catch(() => {
		if (kept.list === asked) delete kept.list
	})
	return asked.all
}

/** Call it when the channels of the account have changed. */
export function forgetChannels(socket: WASocket): void {
	delete keptFor(socket).list
}

async function ask(socket: WASocket): Promise<unknown[]> {
	const found = await askMex(socket, channelQueries.subscribed, {})
	if (!Array.isArray(found)) throw answerUnreadable('it has no list of channels')
	return found
}
