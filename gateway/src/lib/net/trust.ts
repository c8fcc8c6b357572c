import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'
import { createLru } from '../lru.ts'

/** Kept: reading so many certificates takes 4 ms, and given as `ca` they are read for each connection. */
const contexts = createLru<string, SecureContext>(4)

/** Trusts an authority besides the known ones. @param ca its certificate, in PEM */
export function trustBesides(ca: string): SecureContext {
	const context = contexts.get(ca) ?? createSecureContext({ ca: [...rootCertificates, ca] })
	contexts.set(ca, context)
	return context
}
