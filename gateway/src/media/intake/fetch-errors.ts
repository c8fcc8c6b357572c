import { GatewayError, isGatewayError } from '../../errors.ts'
import { failureReason } from '../../lib/net/failure-reason.ts'

/** We do not ask there at all. */
export function fetchRefused(field: string, why: string): GatewayError {
	return new GatewayError('media_fetch_refused', `\`${field}\` ${why}`, { field })
}

/** We asked, and did not get it. */
export function fetchFailed(field: string, why: string, cause?: unknown): GatewayError {
	const message = `\`${field}\` could not be fetched: ${why}`
	return new GatewayError('media_fetch_failed', message, { field, cause })
}

const ofOurDisk = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE']

/** Says what a failed request means to the caller. */
export function toFetchError(error: unknown, url: URL, field: string): Error {
	if (isGatewayError(error)) return error
	const { name, code = '' } = error as NodeJS.ErrnoException
	if (ofOurDisk.includes(code)) return error as Error
	const isLate = name === 'TimeoutError' || name === 'AbortError'
	const reason = isLate
		? 'took too long'
		: (failureReason(error) ?? 'does not speak HTTP as it should')
	return fetchFailed(field, `${url.host} ${reason}.`, error)
}
