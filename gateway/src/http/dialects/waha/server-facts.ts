import { platform } from 'node:os'

/** The version of WAHA whose API this is. */
export const WAHA_VERSION = '2026.7.1'

/** What clients look at before they trust a server. */
export const serverFacts = {
	version: WAHA_VERSION,
	engine: 'NOWEB' as const,
	tier: 'PLUS' as const,
	browser: null,
	platform: `${platform()}/${process.arch}`,
	worker: { id: null },
}
