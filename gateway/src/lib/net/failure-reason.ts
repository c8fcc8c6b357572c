/** What an error of Node or undici says of the other side, as the end of a sentence that begins with its name. */
const reasons: Record<string, string> = {
	ENOTFOUND: 'has no address',
	EAI_AGAIN: 'has no address at the moment',
	ECONNREFUSED: 'does not accept connections',
	EHOSTUNREACH: 'cannot be reached',
	ENETUNREACH: 'cannot be reached',
	ETIMEDOUT: 'could not be reached in time',
	ECONNRESET: 'closed the connection',
	EPIPE: 'closed the connection',
	UND_ERR_SOCKET: 'closed the connection',
	UND_ERR_CONNECT_TIMEOUT: 'could not be reached in time',
	UND_ERR_HEADERS_TIMEOUT: 'did not answer in time',
	UND_ERR_BODY_TIMEOUT: 'stopped sending',
	UND_ERR_HEADERS_OVERFLOW: 'sends too many headers',
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'sends another length than it announces',
	ERR_STREAM_PREMATURE_CLOSE: 'stopped in the middle of the file',
	CERT_HAS_EXPIRED: 'has a TLS certificate that has expired',
	CERT_NOT_YET_VALID: 'has a TLS certificate that is not valid yet',
	ERR_TLS_CERT_ALTNAME_INVALID: 'has a TLS certificate for another name',
}

/** OpenSSL's names for certificates that cannot be trusted, and for a handshake that fails. */
const UNTRUSTED = /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/
const NO_HANDSHAKE = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/

/** Why the other side of a connection failed, "closed the connection" for example; undefined if the error does not say. */
export function failureReason(error: unknown): string | undefined {
	for (let one = error; one instanceof Error; one = one.cause) {
		const reason = reasonOfCode(String((one as NodeJS.ErrnoException).code))
		if (reason) return reason
	}
	return undefined
}

function reasonOfCode(code: string): string | undefined {
	if (reasons[code]) return reasons[code]
	if (UNTRUSTED.test(code)) return `has a TLS certificate that is not trusted (${code})`
	return NO_HANDSHAKE.test(code) ? `does not speak TLS as it should (${code})` : undefined
}
