import type { OtherName } from '../connection/direct/ciphertext.ts'
import type { Change } from '../../storage/driver.ts'
import { knownAddress, signalAddress } from '../signal/address.ts'
import type { SignalStore } from '../signal/store.ts'

/** Notes that the keys of a person's phone have changed. @returns the changes to commit */
export function keysChanged(
	signal: Pick<SignalStore, 'outdate'>,
	jid: string,
	otherName: OtherName,
): Change[] {
	const address = knownAddress(jid, (phone) => otherName(phone, 'phone')) ?? signalAddress(jid)
	return signal.outdate(address, jid)
}
