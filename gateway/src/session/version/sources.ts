import { findInPage, PageError } from '../../lib/net/find-in-page.ts'
import type { Tunnel } from '../../lib/net/tunnel.ts'
import { versionFrom, type ClientVersion } from './client-version.ts'

/** Where versions come from, the best first; the last two are not asked for. */
export const versionOrigins = ['whatsapp', 'baileys', 'built_in', 'setting'] as const
export type VersionOrigin = (typeof versionOrigins)[number]

/** A page that says which version of WhatsApp Web is the newest. */
export type VersionSource = {
	name: Extract<VersionOrigin, 'whatsapp' | 'baileys'>
	/** Its host, for people to read. */
	host: string
	/** @param tunnel what it is asked through, if not directly @throws PageError */
	find(tunnel: Tunnel | undefined, signal: AbortSignal): Promise<ClientVersion>
}

/** WhatsApp's page has some hundred kilobytes. */
const MAX_BYTES = 4 * 1024 * 1024
/** No match is longer, with all its spaces. */
const LONGEST = 200

/** Without these, WhatsApp's server takes the request for that of a program, and refuses it. */
const BROWSER = {
	'sec-fetch-site': 'none',
	'user-agent':
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
}

/** In a text within a text its quotation marks have backslashes. */
const REVISION = /\\?"client_revision\\?":\s{0,20}(\d{1,20})[^\d]/
const NUMBERS =
	/\bversion\s{0,20}=\s{0,20}\[\s{0,20}(\d{1,20}),\s{0,20}(\d{1,20}),\s{0,20}(\d{1,20})\s{0,20}\]/

/**
 * The pages, the best first: WhatsApp's own, and the file in which Baileys publishes what its next release has built in.
 * A server of one's own, a simulated one, has both itself: the internet is never asked for it.
 * @param wsUrl where the sessions connect, if that is not WhatsApp's own server
 */
export function versionSources(wsUrl: string | undefined, deadlineMs: number): VersionSource[] {
	const own = wsUrl === undefined ? undefined : originOf(new URL(wsUrl))
	const source = (
		name: VersionSource['name'],
		{ url: usual, pattern, read }: PageOf,
	): VersionSource => {
		const url = own ? new URL(usual.pathname, own) : usual
		const allow = own ? [`${url.hostname}:${portOf(url)}`] : []
		return {
			name,
			host: url.host,
			async find(tunnel, signal) {
				const limits = { deadlineMs, maxBytes: MAX_BYTES, longest: LONGEST }
				const search = { url, headers: BROWSER, pattern, tunnel, allow, signal }
				const version = read(await findInPage({ ...search, ...limits }))
				if (!version) throw new PageError('sends a page without a version that can be one')
				return version
			},
		}
	}
	return [source('whatsapp', whatsAppPage), source('baileys', baileysFile)]
}

type PageOf = {
	url: URL
	pattern: RegExp
	read(found: RegExpExecArray): ClientVersion | undefined
}

const whatsAppPage: PageOf = {
	url: new URL('https://web.whatsapp.com/sw.js'),
	pattern: REVISION,
	read: ([, revision = '']) => versionFrom(['2', '3000', revision]),
}

const baileysFile: PageOf = {
	url: new URL(
		'https://raw.githubusercontent.com/WhiskeySockets/Baileys/master/src/Defaults/index.ts',
	),
	pattern: NUMBERS,
	read: ([, ...numbers]) => versionFrom(numbers),
}

const originOf = ({ protocol, host }: URL) => `${protocol === 'ws:' ? 'http' : 'https'}://${host}`
const portOf = ({ port, protocol }: URL) => port || (protocol === 'http:' ? '80' : '443')
