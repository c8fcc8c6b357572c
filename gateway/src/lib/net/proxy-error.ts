/** A proxy did not connect; the message is the end of a sentence that begins with the proxy's name. */
export class ProxyError extends Error {
	override name = 'ProxyError'
}
