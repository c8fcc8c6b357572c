import {
	createHash,
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	sign,
	type KeyObject,
} from 'node:crypto'
import { isIPv4 } from 'node:net'
import {
	bits,
	integer,
	octets,
	oid,
	sequence,
	set,
	tagged,
	taggedBytes,
	TRUE,
	utcTime,
	utf8,
} from './der.ts'

/** A certificate and its private key, both PEM. */
export type CertifiedIdentity = { certificate: string; key: string }

const AUTHORITY = 'Simulated WhatsApp'
const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))
// Until the last year that this spelling can name, so that no clock and no restart matters.
const VALIDITY = sequence(utcTime('200101000000Z'), utcTime('491231235959Z'))
/** Bits of the key usage extension. */
const SIGNS_CERTIFICATES = bits(Buffer.of(0x04), 2)
const SIGNS_HANDSHAKES = bits(Buffer.of(0x80), 7)
const SERVER_AUTHENTICATION = oid('1.3.6.1.5.5.7.3.1')

/** Makes a certificate authority, trusted by clients that have its certificate. */
export function newAuthority(): CertifiedIdentity {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
	return issue(AUTHORITY, publicKey, privateKey, privateKey, [
		extension('2.5.29.19', sequence(TRUE), { critical: true }), // basic constraints: an authority
		extension('2.5.29.15', SIGNS_CERTIFICATES, { critical: true }),
	])
}

/** Issues a certificate for a server that is reached by these names and IPv4 addresses. */
export function issueFor(hosts: string[], authority: CertifiedIdentity): CertifiedIdentity {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
	const names = hosts.map((host) =>
		isIPv4(host)
			? taggedBytes(7, Buffer.from(host.split('.').map(Number)))
			: taggedBytes(2, Buffer.from(host)),
	)
	return issue(hosts[0]!, publicKey, privateKey, createPrivateKey(authority.key), [
		extension('2.5.29.19', sequence(), { critical: true }),
		extension('2.5.29.15', SIGNS_HANDSHAKES, { critical: true }),
		extension('2.5.29.37', sequence(SERVER_AUTHENTICATION)),
		extension('2.5.29.17', sequence(...names)), // subject alternative names
	])
}

/** RFC 5280, section 4.1, version 3. */
function issue(
	subject: string,
	publicKey: KeyObject,
	privateKey: KeyObject,
	issuer: KeyObject,
	extensions: Buffer[],
): CertifiedIdentity {
	const keyIds = [
		extension('2.5.29.14', octets(idOf(publicKey))),
		extension('2.5.29.35', sequence(taggedBytes(0, idOf(createPublicKey(issuer))))),
	]
	const statement = sequence(
		tagged(0, integer(Buffer.of(2))),
		integer(randomBytes(16)),
		ECDSA_WITH_SHA256,
		encodeName(AUTHORITY),
		VALIDITY,
		encodeName(subject),
		publicKey.export({ type: 'spki', format: 'der' }),
		tagged(3, sequence(...extensions, ...keyIds)),
	)
	const signed = sequence(statement, ECDSA_WITH_SHA256, bits(sign('sha256', statement, issuer)))
	return {
		certificate: pemOf(signed),
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	}
}

const extension = (id: string, value: Buffer, { critical = false } = {}) =>
	sequence(oid(id), ...(critical ? [TRUE] : []), octets(value))

/** By its common name alone. */
const encodeName = (text: string) => sequence(set(sequence(oid('2.5.4.3'), utf8(text))))

const idOf = (key: KeyObject) =>
	createHash('sha1')
		.update(key.export({ type: 'spki', format: 'der' }))
		.digest()

function pemOf(bytes: Buffer): string {
	const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
	return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
