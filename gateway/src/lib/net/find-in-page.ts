import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import { Agent, type Dispatcher } from 'undici'
import { failureReason } from './failure-reason.ts'
import { allowedAddressOf, isListed, rangeOf } from './ip-ranges.ts'
import { ProxyError } from './proxy-error.ts'
import { ssrfAgent } from './ssrf-agent.ts'
import type { Tunnel } from './tunnel.ts'
import { tunnelConnector } from './tunnel-agents.ts'

/** Why a page did not help, as the end of a sentence that begins with its host. */
export class PageError extends Error {
	override name = 'PageError'
}

export type PageSearch = {
	url: URL
	headers?: Record<string, string>
	/** What is looked for; it must not match before the whole of it has arrived. */
	pattern: RegExp
	/** The longest text that it matches, in characters. */
	longest: number
	/** What it connects through, if not directly: names are then looked up by the proxy. */
	tunnel?: Tunnel | undefined
	/** Hosts, host:port or CIDRs that may be asked although they are private. */
	allow: string[]
	/** For all of it, in milliseconds. */
	deadlineMs: number
	/** Of the answer; more is not read. */
	maxBytes: number
	/** Ends it. */
	signal: AbortSignal
}

/**
 * Reads a page until it finds something in it. It follows no redirect, and reads no more than it must.
 * @throws PageError if it is not there
 * @example
 * const [, number] = await findInPage({ url, pattern: /"build":(\d+)\D/, longest: 30, allow: [], deadlineMs: 10_000, maxBytes: 1e6, signal })
 */
export async function findInPage(search: PageSearch): Promise<RegExpExecArray> {
	const { url, headers, deadlineMs } = search
	const deadline = AbortSignal.timeout(deadlineMs)
	const signal = AbortSignal.any([deadline, search.signal])
	const agent = agentFor(search)
	try {
		const {
			statusCode,
			headers: answered,
			body,
		} = await agent.request({
			origin: url.origin,
			path: url.pathname + url.search,
			method: 'GET',
			headers: { accept: '*/*', 'accept-encoding': 'identity', ...headers },
			signal,
		})
		body.on('error', () => {})
		if (statusCode !== 200) throw new PageError(`answers ${statusCode}`)
		const encoding = answered['content-encoding']
		if (encoding && encoding !== 'identity')
			throw new PageError(`answers in the encoding ${String(encoding)}, which was not asked for`)
		return await findIn(body, search)
	} catch (error) {
		throw explained(error, deadline)
	} finally {
		await agent.destroy()
	}
}

function agentFor({ url, tunnel, allow, deadlineMs }: PageSearch): Dispatcher {
	const times = { headersTimeout: deadlineMs, bodyTimeout: deadlineMs }
	if (tunnel)
		return new Agent({ ...times, connect: tunnelConnector(tunnel, { timeout: deadlineMs }) })
	const target = allowedAddressOf(url)
	const judge = (address: string) => {
		if (isListed(allow, address, target) || rangeOf(address) === 'unicast') return
		throw new PageError('has no public address')
	}
	// A literal address is never looked up.
	if (isIP(target.host)) judge(target.host)
	return ssrfAgent(judge, { ...times, connect: { timeout: deadlineMs } })
}

async function findIn(body: Readable, { pattern, longest, maxBytes }: PageSearch) {
	const decoder = new TextDecoder()
	let length = 0
	let text = ''
	for await (const chunk of body as AsyncIterable<Uint8Array>) {
		length += chunk.length
		if (length > maxBytes) throw new PageError('sends a page that is too long')
		// What was searched is dropped but for the beginning of a match.
		text = text.slice(-longest) + decoder.decode(chunk, { stream: true })
		const found = pattern.exec(text)
		if (found) return found
	}
	throw new PageError('sends a page without it')
}

function explained(error: unknown, deadline: AbortSignal): unknown {
	if (error instanceof PageError) return error
	if (deadline.aborted) return new PageError('does not answer in time', { cause: error })
	if (error instanceof ProxyError)
		return new PageError(`is not reached: the proxy ${error.message}`, { cause: error })
	const own = (error as { cause?: unknown }).cause
	if (own instanceof PageError) return own
	return new PageError(failureReason(error) ?? 'cannot be read', { cause: error })
}
