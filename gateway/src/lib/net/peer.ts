/** The IP address of the other side of a connection. @param env the HTTP server's bindings of the request */
export function peerOf(env: object | undefined): string | undefined {
	const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
	return incoming?.socket?.remoteAddress
}
