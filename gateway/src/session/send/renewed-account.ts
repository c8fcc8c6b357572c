import { HOUR_MS } from '../../lib/units.ts'
import { createLru } from '../../lib/lru.ts'
import { findLids } from '../ask/find-lids.ts'
import { identityOf } from '../identity.ts'
import type { SessionState } from '../state/index.ts'
import type { AddressDeps } from './address.ts'

/** WhatsApp says it with each message to the old account. */
const AGAIN_MS = HOUR_MS
const REMEMBERED = 1_000

type RenewalDeps = AddressDeps & {
	state: Pick<SessionState, 'addressing' | 'auth' | 'commit' | 'devices'>
}

/**
 * @returns a function that finds out which account the phone number of a contact belongs to, once WhatsApp has said that what we know of it is
 * old (`refresh_lid`), and whether that is another one than the address names. It goes by the number: to ask about the old
 * LID would answer with the old LID.
 * @throws GatewayError as `askWhatsApp`
 */
export function createRenewal() {
	const asked = createLru<string, number>(REMEMBERED)

	return async function renew(address: string, deps: RenewalDeps): Promise<boolean> {
		const { addressing, commit } = deps.state
		const { id, phone, lid } = identityOf(address, deps.otherName)
		const isNew = (asked.get(id) ?? 0) < Date.now() - AGAIN_MS
		asked.set(id, Date.now())
		if (phone) {
			if (isNew) await learnAccount(phone, deps)
			return deps.otherName(phone, 'phone') !== lid?.split('@')[0]
		}
		await commit(addressing.gone(address))
		return true
	}
}

async function learnAccount(phone: string, { socket, state, otherName }: RenewalDeps) {
	const pn = `${phone}@s.whatsapp.net`
	const lid = (await findLids(socket, [pn])).get(pn)
	if (!lid || otherName(phone, 'phone') === lid.split('@')[0]) return
	await socket.signalRepository.lidMapping.storeLIDPNMappings([{ lid, pn }])
	await state.devices.del(phone)
}
