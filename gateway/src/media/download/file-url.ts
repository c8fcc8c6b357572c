import { GatewayError } from '../../errors.ts'
import type { EncryptedFile } from './encrypted-file.ts'

const DEFAULT_HOST = 'mmg.whatsapp.net'

/**
 * Where a file lies: on a host of WhatsApp's, or on the one that a simulator has named, whatever the file says.
 * @param hosts those that WhatsApp's server names at present, with their ports
 * @throws GatewayError media_fetch_refused
 */
export function fileUrl(file: EncryptedFile, hosts: readonly string[]): URL {
	const named = file.url ? URL.parse(file.url) : null
	const host = hostFor(named, hosts)
	const path = file.directPath || (named?.host === host && named.pathname + named.search)
	if (!path) throw urlRefused('does not say where on WhatsApp it lies')
	const href = `https://${host}${path}`
	const place = path.startsWith('/') ? URL.parse(href) : null
	// What the parser has to mend, as `..` and line ends, was written by nobody honest.
	if (place?.href !== href || place.host !== host || place.hash || place.username) {
		throw urlRefused('says that it lies at a path that no media host gives out')
	}
	return place
}

function hostFor(named: URL | null, hosts: readonly string[]): string {
	const simulator = hosts.find((host) => !isWhatsApps(host))
	if (simulator) return simulator
	return named?.protocol === 'https:' && isWhatsApps(named.host) ? named.host : DEFAULT_HOST
}

// With a port it is somebody else's.
const isWhatsApps = (host: string) => /^([a-z\d-]+\.)+(whatsapp|fbcdn)\.net$/.test(host)

function urlRefused(why: string) {
	return new GatewayError('media_fetch_refused', `The file ${why}.`)
}
