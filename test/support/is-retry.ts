import type { Frame } from '../../gateway/src/sandbox/server/frame-log.ts'

/** Whether a frame is a retry receipt: its sender could not decrypt a message, and asks for it again. */
export const isRetry = ({ stanza: { tag, attrs } }: Frame): boolean =>
	tag === 'receipt' && String(attrs['type']).startsWith('retry')
