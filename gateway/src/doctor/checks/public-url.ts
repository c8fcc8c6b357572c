import { request } from 'undici'
import { failureReason } from '../../lib/net/failure-reason.ts'
import { isLoopback } from '../../lib/net/is-loopback.ts'
import { SECOND_MS } from '../../lib/units.ts'
import {
	fine,
	unknown,
	warning,
	wrong,
	type Check,
	type CheckContext,
	type Finding,
} from '../check.ts'
import { gatewayAnswersAt, urlOf } from '../own-gateway.ts'

const TIMEOUT_MS = 5 * SECOND_MS

/** What a proxy answers while nothing listens behind it. */
const NOBODY_BEHIND = [502, 503, 504]

/** Whether links lead to this gateway. */
export const publicUrlCheck: Check = {
	name: 'public_url',
	title: 'PUBLIC_URL',
	settings: ['PUBLIC_URL'],
	async run(context) {
		const { PUBLIC_URL, HOST, PORT } = context.config
		if (PUBLIC_URL !== undefined) return findingAbout(PUBLIC_URL.replace(/\/+$/, ''), context)
		const here = PORT ? urlOf(HOST, PORT) : 'the address that the start prints'
		if (isLoopback(HOST))
			return fine(
				`PUBLIC_URL is not set: links to files begin with ${here}, for programs on this machine.`,
			)
		return warning(
			`PUBLIC_URL is not set: links to files begin with http://${HOST}:${PORT}, which other machines cannot open.`,
			'Set PUBLIC_URL to the URL at which n8n and others reach the gateway.',
		)
	},
}

async function findingAbout(url: string, context: CheckContext): Promise<Finding> {
	const { HOST, PORT } = context.config
	const asked = await askForLink(url)
	const isRunning = context.running !== undefined || (await gatewayAnswersAt(urlOf(HOST, PORT)))
	const start = 'Start the gateway, and run doctor again.'
	if (typeof asked === 'string') {
		if (!isRunning && /does not accept/.test(asked))
			return unknown(`PUBLIC_URL=${url} does not answer, as no gateway runs.`, start)
		return wrong(`PUBLIC_URL: ${new URL(url).host} ${asked}.`, adviceFor(asked))
	}
	if (!isRunning && NOBODY_BEHIND.includes(asked.status))
		return unknown(
			`PUBLIC_URL=${url} answers ${asked.status}, as no gateway runs behind it.`,
			start,
		)
	if (asked.location?.startsWith('https:') && url.startsWith('http:'))
		return wrong(
			`PUBLIC_URL=${url} redirects to https.`,
			'Write https:// in PUBLIC_URL, so that links need no redirect.',
		)
	if (!asked.isGateway)
		return wrong(
			`PUBLIC_URL=${url} answers ${asked.status}, and not as a gateway: something else is there, or the proxy does not pass /media on.`,
			`Let the proxy pass all paths on to ${urlOf(HOST, PORT)}, or correct PUBLIC_URL.`,
		)
	if (url.startsWith('http:') && !isLocal(new URL(url).hostname))
		return warning(
			`PUBLIC_URL=${url} is not encrypted: files and pairing links can be read on the way.`,
			'Put a proxy with TLS in front of the gateway, and write https:// in PUBLIC_URL.',
		)
	return fine(`PUBLIC_URL=${url} leads to a gateway.`)
}

/** A name without a dot is one of a private network, of Docker for example. */
const isLocal = (host: string) => isLoopback(host) || !host.includes('.')

type Answer = { status: number; location: string | undefined; isGateway: boolean }

/** Asks for a file link that nobody was given: only a gateway refuses it in our words. @returns why there is no answer */
async function askForLink(url: string): Promise<Answer | string> {
	try {
		const signal = AbortSignal.timeout(TIMEOUT_MS)
		const { statusCode, headers, body } = await request(`${url}/media/doctor`, { signal })
		const text = (await body.text()).slice(0, 10_000)
		const location = headers.location === undefined ? undefined : String(headers.location)
		return { status: statusCode, location, isGateway: text.includes('"media_link_refused"') }
	} catch (error) {
		if ((error as Error).name === 'TimeoutError') return 'did not answer in time'
		return failureReason(error) ?? `cannot be reached (${(error as Error).message})`
	}
}

function adviceFor(why: string): string {
	if (/address/.test(why)) return 'Correct PUBLIC_URL, or add the name to the DNS.'
	if (/does not speak TLS/.test(why))
		return 'Write http:// in PUBLIC_URL if there is no TLS, or the address of the proxy that has it.'
	if (/TLS/.test(why))
		return 'Renew the certificate of the proxy; its name must be that of PUBLIC_URL.'
	return 'Look at the proxy and the firewall. Some routers do not let a machine reach its own public address: then try from elsewhere.'
}
