import { GatewayError } from '../../errors.ts'

export function fileCorrupt(why: string, cause?: unknown): GatewayError {
	const advice = `The file is not the one that was promised: ${why}. Ask its sender for it again.`
	return new GatewayError('media_corrupt', advice, { cause })
}
