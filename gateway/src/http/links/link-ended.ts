import { GatewayError } from '../../errors.ts'

// For clients, who know nothing of an API. The page has these sentences in its languages.
const sentences = {
	linked: 'A phone was linked with this link already.',
	expired: 'This link has expired.',
	revoked: 'This link was taken back.',
	used_up: 'Too many codes were asked for with this link.',
	gone: 'This link is no longer valid.',
	elsewhere: 'This link was opened on another device already.',
}

/** Why a link can no longer be used; `gone`: with its session, or unknown; `elsewhere`: another browser has it. */
export type LinkEnding = keyof typeof sentences

/** The error of a link that can no longer be used. */
export function linkEnded(ending: LinkEnding): GatewayError {
	const advice = `${sentences[ending]} Ask for a new one.`
	return new GatewayError('pairing_link_ended', advice, { ending })
}
