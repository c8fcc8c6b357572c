import { GatewayError, isGatewayError } from '../../errors.ts'

/** We do not ask there at all. */
export function fetchRefused(field: string, why: string): GatewayError {
	return new GatewayError('media_fetch_refused', `\`${field}\` ${why}`, { field })
}

/** We asked, and did not get it. */
export function fetchFailed(field: string, why: string, cause?: unknown): GatewayError {
	const message = `\`${field}\` could not be fetched: ${why}`
	return new GatewayError('media_fetch_failed', message, { field, cause })
}

const reasons: Record<string, string> = {
	ENOTFOUND: 'has no address',
	EAI_AGAIN: 'has no address at the moment',
	ECONNREFUSED: 'does not accept connections',
	EHOSTUNREACH: 'cannot be reached',
	ENETUNREACH: 'cannot be reached',
	ETIMEDOUT: 'could not be reached in time',
	ECONNRESET: 'closed the connection',
	UND_ERR_SOCKET: 'closed the connection',
	UND_ERR_CONNECT_TIMEOUT: 'could not be reached in time',
	UND_ERR_HEADERS_TIMEOUT: 'did not answer in time',
	UND_ERR_BODY_TIMEOUT: 'stopped sending',
	UND_ERR_HEADERS_OVERFLOW: 'sends too many headers',
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'sends another length than it announces',
	ERR_STREAM_PREMATURE_CLOSE: 'stopped in the middle of the file',
}

const ofOurDisk = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE']

/** Says what a failed request means to the caller. */
export function toFetchError(error: unknown, url: URL, field: string): Error {
	if (isGatewayError(error)) return error
	const { name, code = '' } = error as NodeJS.ErrnoException
	if (ofOurDisk.includes(code)) return error as Error
	const isLate = name === 'TimeoutError' || name === 'AbortError'
	const reason = isLate ? 'took too long' : (reasons[code] ?? 'does not speak HTTP as it should')
	return fetchFailed(field, `${url.host} ${reason}.`, error)
}
