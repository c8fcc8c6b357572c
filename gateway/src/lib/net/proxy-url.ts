/** The kinds of proxies that `openTunnel` can use, and their usual ports. */
const ports: Record<string, number> = {
	'http:': 80,
	'https:': 443,
	'socks5:': 1080,
	'socks5h:': 1080,
}

/** What is wrong with the URL of a proxy, as the end of a sentence; undefined if it can be used. */
export function wrongWithProxy(text: string): string | undefined {
	const url = URL.parse(text)
	if (!/^(https?|socks5h?):\/\//i.test(text))
		return 'must start with http://, https:// or socks5://'
	if (!url) return 'must be like http://user:password@host:3128, with a port up to 65535'
	if (!url.hostname) return 'must name a host'
	if (!/^\/?$/.test(url.pathname) || url.search || url.hash) return 'must end after the port'
	return credentialsCanBeRead(url)
		? undefined
		: 'has a user name or password that is not percent-encoded'
}

function credentialsCanBeRead(url: URL): boolean {
	try {
		return !!credentialsOf(url)
	} catch {
		return false
	}
}

export const isSocks = ({ protocol }: URL): boolean => protocol.startsWith('socks5')

/** Where a proxy listens. */
export const placeOf = ({ protocol, hostname, port }: URL) => ({
	host: hostname.replace(/^\[|\]$/g, ''),
	port: Number(port) || ports[protocol]!,
})

/** @throws URIError */
export const credentialsOf = ({ username, password }: URL) => ({
	username: decodeURIComponent(username),
	password: decodeURIComponent(password),
})

/** The URL of a proxy for people to read: without its password. */
export function withoutPassword(text: string): string {
	const url = new URL(text)
	if (url.password) url.password = '***'
	return url.href
}
