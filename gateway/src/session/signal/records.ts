import { fieldsOf } from '../../lib/protobuf-fields.ts'

const hex = (bytes: unknown) =>
	bytes instanceof Uint8Array ? Buffer.from(bytes).toString('hex') : ''
const number = (value: unknown) => (typeof value === 'number' ? value : 0)

/** A pre-key message: a version byte, then 1 one-time key, 2 base key (libsignal's PreKeySignalMessage). */
export function readPreKeyMessage(body: Uint8Array) {
	const fields = fieldsOf(body.subarray(1))
	const preKey = fields.get(1)
	return { preKeyId: typeof preKey === 'number' ? preKey : undefined, baseKey: hex(fields.get(2)) }
}

/** A record: 1 its current session, in which 10 is the peer's registration id and 13 the base key. */
export function readSessionRecord(record: Uint8Array) {
	const session = fieldsOf(record).get(1)
	if (!(session instanceof Uint8Array)) throw new Error('a Signal record without a session')
	const fields = fieldsOf(session)
	return { baseKey: hex(fields.get(13)), registrationId: number(fields.get(10)) }
}
