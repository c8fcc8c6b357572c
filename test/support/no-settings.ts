import { settings } from '../../gateway/src/config/settings.ts'

/** All tests can be run by either way. */
const KEPT = ['DIRECT_SEND', 'DIRECT_RECEIVE']

const names = Object.keys(settings.shape).filter((name) => !KEPT.includes(name))

/**
 * Every setting of a gateway, empty: that counts as not set, and the gateway does not take it from a `.env` either. The
 * gateways of tests and of the demo must never come near the state of the caller's own one.
 */
export const noSettings: Readonly<Record<string, string>> = Object.fromEntries(
	names.map((name) => [name, '']),
)
