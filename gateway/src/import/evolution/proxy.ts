import { proxyUrlFrom } from '../../http/dialects/evolution/proxy.ts'
import { withoutPassword, wrongWithProxy } from '../../lib/net/proxy-url.ts'
import type { ProxyRow } from './rows.ts'

/** The proxy of an instance. One that cannot be used stays behind: the session must not connect without it. */
export function foundProxy(row: ProxyRow | undefined): {
	url?: string
	carries: string[]
	leaves: string[]
} {
	const url = row?.enabled ? urlOf(row) : undefined
	if (!row || url === undefined) return { carries: [], leaves: [] }
	const wrong = wrongWithProxy(url)
	if (wrong === undefined) {
		const { href } = new URL(url)
		return { url: href, carries: [`its proxy ${withoutPassword(href)}`], leaves: [] }
	}
	const what = `its proxy ${row.protocol}://${row.host}, as the URL of a proxy ${wrong}`
	const then = 'It does not connect without one: set another proxy, and then ask it to connect'
	return { carries: [], leaves: [`${what}. ${then}`] }
}

const urlOf = ({ host, port, protocol, username, password }: ProxyRow) =>
	proxyUrlFrom({
		proxyHost: host,
		proxyPort: port,
		proxyProtocol: protocol === 'socks' ? 'socks5' : protocol,
		proxyUsername: username,
		proxyPassword: password,
	})
