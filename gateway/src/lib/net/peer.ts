/** The IP address of the other side of a connection. @param env what the HTTP server gives with a request */
export function peerOf(env: object | undefined): string | undefined {
	const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
	return incoming?.socket?.remoteAddress
}
