import { isJidGroup, isPnUser, jidDecode, type proto } from '@whiskeysockets/baileys'
import { HOUR_MS } from '../../lib/units.ts'
import { askAddressForm } from '../ask/address-property.ts'
import { jidAs } from '../chat-addressing.ts'
import type { GroupCache } from '../group-cache.ts'
import { perSocket } from '../per-socket.ts'
import type { AddressForm } from '../address-form.ts'
import type { SessionState } from '../state/index.ts'
import { addressesAs, addressFormOf, type AddressDeps } from './address.ts'
import { renameIn } from './rename.ts'

const LOCKED = '463'
const MALFORMED = '400'
const MISADDRESSED = '479'

/** The codes that may mean that the address has the wrong form. */
const ABOUT_ADDRESS = [LOCKED, MALFORMED, MISADDRESSED]

type Refused = {
	address: string
	audience?: string[] | undefined
	content: proto.IMessage
}

/** A message that is sent once more. */
export type SecondTry = Refused & {
	/** Whether it goes by the other names of the same people. */
	isOtherForm: boolean
}

export type SecondTryDeps = AddressDeps & {
	state: Pick<SessionState, 'addressing' | 'auth' | 'commit' | 'devices'>
	groups: Pick<GroupCache, 'forget'>
}

/** WhatsApp names no device of the recipient: nothing has left. */
export const NO_DEVICE = 'no-device'

/** Whether a refusal with this code may mean that the address has the wrong form. */
export const isAboutAddress = (code: string): boolean => ABOUT_ADDRESS.includes(code)

/**
 * How a message that WhatsApp has refused is sent once more. That is for what the code and the account's property show to
 * have been addressed wrongly: a time-lock (463) is made longer by each message that it stops, so under a LID, and
 * where the account is known to use phone numbers, it is final.
 * @param code that the refusal has, or NO_DEVICE
 * @returns undefined if the refusal is final
 */
export async function secondTryOf(
	message: Refused,
	code: string,
	deps: SecondTryDeps,
): Promise<SecondTry | undefined> {
	const { address, audience } = message
	await lookAgain(audience?.[0] ?? address, code, deps)
	if (audience) return code === LOCKED ? undefined : toOtherAudience(message, audience, code, deps)
	const form = addressFormOf(address)
	if (form) return toOtherName(message, form, code, deps)
	if (!isJidGroup(address) || code !== MISADDRESSED) return undefined
	// What we know of its members and of how it names them is old.
	deps.groups.forget([address])
	return { ...message, isOtherForm: false }
}

/** An account that used numbers when it connected may have been moved to LIDs since. */
async function lookAgain(address: string, code: string, { socket, state }: SecondTryDeps) {
	const { addressing } = state
	const isDoubtful = code === LOCKED || code === MISADDRESSED
	if (!isDoubtful || !isPnUser(address) || addressing.form() !== 'phone') return
	const looked = lookedAt(socket)
	if (looked.at > Date.now() - HOUR_MS) return
	looked.at = Date.now()
	// Without an answer it is as it was known.
	const form = await askAddressForm(socket).catch(() => undefined)
	const changes = form ? addressing.learn(form) : []
	if (changes.length) await state.commit(changes)
}

/** When it was looked on a connection. */
const lookedAt = perSocket(() => ({ at: 0 }))

async function toOtherName(
	message: Refused,
	form: AddressForm,
	code: string,
	deps: SecondTryDeps,
): Promise<SecondTry | undefined> {
	const { address, content } = message
	const right = deps.state.addressing.form()
	if (right === form)
		return code === MISADDRESSED ? toNewDevices(message, [address], deps) : undefined
	// A LID without devices may be of an account that is no more: its number may be another person's.
	if (form === 'lid' && code !== MALFORMED && code !== MISADDRESSED) return undefined
	const other = jidAs(address, form === 'lid' ? 'phone' : 'lid', deps.otherName)
	if (other === address) return undefined
	return { address: other, content: renameIn(content, address, other), isOtherForm: true }
}

/** WhatsApp takes a status for LIDs alone from an account that uses them. */
async function toOtherAudience(
	message: Refused,
	audience: string[],
	code: string,
	deps: SecondTryDeps,
): Promise<SecondTry | undefined> {
	const right = deps.state.addressing.form() ?? (audience.some(isPnUser) ? 'lid' : 'phone')
	const others = await addressesAs(audience, right, deps)
	const isSame = others.every((jid) => audience.includes(jid))
	if (isSame) return code === MISADDRESSED ? toNewDevices(message, audience, deps) : undefined
	return { ...message, audience: others, isOtherForm: true }
}

/** The devices that we know of the people may be old. */
async function toNewDevices(message: Refused, people: string[], { state }: SecondTryDeps) {
	for (const jid of people) await state.devices.del(jidDecode(jid)!.user)
	return { ...message, isOtherForm: false }
}

/**
 * What the answer to a message that goes by the other names shows of the account.
 * @param code of its refusal, if it was refused
 */
export function shownForm(
	{ address, audience }: Pick<SecondTry, 'address' | 'audience'>,
	code: string | undefined,
): AddressForm | undefined {
	const form = addressFormOf(audience?.[0] ?? address)
	if (!code) return form
	// The account does not use LIDs: what has refused the phone number before is the time-lock.
	return code === MALFORMED && form === 'lid' ? 'phone' : undefined
}
