import { isIP } from 'node:net'
import type { Dispatcher } from 'undici'
import {
	isListed,
	rangeOf,
	allowedAddressOf,
	wrongWith,
	type AllowedAddress,
} from '../../lib/net/ip-ranges.ts'
import { ssrfAgent, type Resolve } from '../../lib/net/ssrf-agent.ts'
import { nameOfResponse } from '../filename.ts'
import { limits, type FetchTimes } from '../limits.ts'
import { overLimit } from '../errors.ts'
import { decodersFor } from './decoders.ts'
import { fetchFailed, fetchRefused, toFetchError } from './fetch-errors.ts'
import { writeAll, type WriteTarget, type TempFile } from './write-to-temp.ts'

export type FetchOptions = {
	/** Hosts, host:port or CIDRs that may be fetched from although they are private. */
	allow: string[]
	times: FetchTimes
	/** Ends what is under way. */
	signal: AbortSignal
	/** Finds addresses; the system's way if not given. */
	resolve?: Resolve | undefined
}

type FetchDeps = FetchOptions & { field: string }

/** Fetches a file from the public internet. Every hop is judged anew, by the address it connects to. */
export async function takeUrl(
	given: string,
	into: WriteTarget,
	options: FetchOptions,
): Promise<TempFile> {
	const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.times.totalMs)])
	const fetching = { ...options, signal, field: into.field }
	let url = parse(given, undefined, into.field)
	for (let hops = 0; ; hops++) {
		const outcome = await visit(url, into, fetching)
		if (!(outcome instanceof URL)) return outcome
		if (hops === limits.redirects) {
			throw fetchFailed(into.field, `${url.host} redirects more than ${limits.redirects} times.`)
		}
		url = outcome
	}
}

/** Makes one request: the file, or where to go on. Nothing is carried from one to the next. */
async function visit(url: URL, into: WriteTarget, fetching: FetchDeps): Promise<TempFile | URL> {
	const agent = agentFor(url, fetching)
	try {
		const response = await agent.request({
			origin: url.origin,
			path: url.pathname + url.search,
			method: 'GET',
			headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'whatsapp-gateway' },
			signal: fetching.signal,
		})
		return await read(response, url, into)
	} catch (error) {
		throw toFetchError(error, url, into.field)
	} finally {
		await agent.destroy()
	}
}

function agentFor(url: URL, { allow, field, times, resolve }: FetchDeps) {
	const target = allowedAddressOf(url)
	const judge = (address: string) => {
		if (isListed(allow, address, target) || rangeOf(address) === 'unicast') return
		throw notPublic(target, field)
	}
	// A literal address is never looked up.
	if (isIP(target.host)) judge(target.host)
	return ssrfAgent(judge, {
		connect: { timeout: times.connectMs },
		headersTimeout: times.headersMs,
		bodyTimeout: times.idleMs,
		...(resolve && { resolve }),
	})
}

async function read(response: Dispatcher.ResponseData, url: URL, into: WriteTarget) {
	const { statusCode, headers, body } = response
	const header = (name: string) => [headers[name] ?? []].flat()[0]
	const location = header('location')
	if ([301, 302, 303, 307, 308].includes(statusCode) && location) {
		return parse(location, url, into.field)
	}
	if (statusCode !== 200) throw fetchFailed(into.field, `${url.host} answered ${statusCode}.`)
	if (Number(header('content-length')) > into.maxBytes) throw overLimit(into.field, into.maxBytes)
	const decoders = decodersFor(header('content-encoding'), url, into.field)
	return {
		path: await writeAll(body, into, decoders),
		filename: nameOfResponse(header('content-disposition'), url),
		declared: header('content-type'),
	}
}

function parse(text: string, base: URL | undefined, field: string): URL {
	const url = URL.parse(text, base?.href)
	if (!url) throw fetchRefused(field, 'is not a URL.')
	const wrong = wrongWith(url)
	if (wrong) throw fetchRefused(field, base ? `redirects to a URL that ${wrong}.` : `${wrong}.`)
	return url
}

function notPublic({ host, port }: AllowedAddress, field: string) {
	const name = isIP(host) === 6 ? `[${host}]` : host
	return fetchRefused(
		field,
		`points to ${host}, which is not a public address. If the gateway shall fetch from it, ` +
			`start it with FETCH_ALLOW=${name}:${port}.`,
	)
}
