import { isIP } from 'node:net'

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
	if (host === 'localhost' || host === '::1') return true
	return isIP(host) === 4 && host.startsWith('127.')
}
