import { GatewayError } from '../errors.ts'

export function mediaTooLarge(field: string, why: string, cause?: unknown): GatewayError {
	return new GatewayError('media_too_large', `\`${field}\` ${why}`, { field, cause })
}

export function mediaUnreadable(field: string, why: string, cause?: unknown): GatewayError {
	return new GatewayError('media_unreadable', `\`${field}\` ${why}`, { field, cause })
}

/** @param wanted 'an image', 'a video', … */
export function wrongKind(field: string, wanted: string, found: string | undefined): GatewayError {
	const message = `\`${field}\` must be ${wanted}; this is ${found ?? 'a file of an unknown kind'}.`
	return new GatewayError('unsupported_media_type', message, { field })
}

export function overLimit(field: string, maxBytes: number): GatewayError {
	return mediaTooLarge(
		field,
		`is larger than ${maxBytes} bytes, the most that MAX_MEDIA_BYTES allows.`,
	)
}
