import { GatewayError } from '../../errors.ts'
import type { Links } from './store.ts'

/** What the routes of the API need to make links. */
export type PairingLinks = {
	/** @throws GatewayError not_supported if `PAIRING_LINKS` is off */
	store(): Links
	/** The link with a token. It is in the fragment, which no server or proxy sees. */
	urlOf(token: string): string
}

/** @param links undefined if pairing links are off */
export function pairingLinks(links: Links | undefined, publicUrl: () => string): PairingLinks {
	return {
		store() {
			if (links) return links
			const advice = 'Pairing links are off at this gateway (PAIRING_LINKS, CONSOLE).'
			throw new GatewayError('not_supported', advice)
		},
		urlOf: (token) => `${publicUrl()}/link#${token}`,
	}
}
