import {
	createAllowedTargets,
	type AllowedTargets,
} from '../../delivery/registry/allowed-targets.ts'
import { isGatewayError } from '../../errors.ts'
import { failureReason } from '../../lib/net/failure-reason.ts'
import { allowedAddressOf } from '../../lib/net/ip-ranges.ts'
import { isLoopback } from '../../lib/net/is-loopback.ts'
import { knock } from '../../lib/net/knock.ts'
import { createSemaphore } from '../../lib/semaphore.ts'
import { SECOND_MS } from '../../lib/units.ts'
import { fine, unknown, warning, wrong, type Check, type Finding } from '../check.ts'
import type { WebhookTarget } from '../stored-state.ts'

const TIMEOUT_MS = 5 * SECOND_MS
const AT_ONCE = 10
/** More hosts than these are not tried: it would take too long. */
const MOST_TARGETS = 100

/** n8n answers there only while the workflow is open in its editor. */
const TEST_URL = '/webhook-test/'

/** Whether every target of a webhook can be reached. It connects and hangs up: a request could start something. */
export const webhooksCheck: Check = {
	name: 'webhooks',
	title: 'Webhooks',
	settings: ['WEBHOOK_ALLOW'],
	async run({ config: { WEBHOOK_ALLOW }, stored }) {
		const all = (await stored().catch(() => undefined))?.webhooks
		if (!all) return unknown('The webhooks cannot be read.', 'See what is said about the state.')
		const enabled = all.filter(({ disabled_at }) => !disabled_at)
		if (enabled.length === 0)
			return fine(all.length ? 'All webhooks are disabled.' : 'There is no webhook yet.')
		const targets = createAllowedTargets(WEBHOOK_ALLOW)
		const places = createSemaphore(AT_ONCE)
		const groups = [...Map.groupBy(enabled, placeOfTarget).values()]
		const tried = await Promise.all(
			groups.slice(0, MOST_TARGETS).map((group) => places.run(() => findingAbout(group, targets))),
		)
		const rest = groups.length - tried.length
		return rest > 0 ? [...tried, unknown(`${rest} more hosts of webhooks were not tried.`)] : tried
	},
}

/** Where it connects, and under which rules. The rest of a URL may hold a secret. */
const placeOfTarget = ({ url, trusted }: WebhookTarget) => {
	const { origin, pathname } = new URL(url)
	return `${trusted} ${origin} ${pathname.includes(TEST_URL)}`
}

async function findingAbout(group: WebhookTarget[], targets: AllowedTargets): Promise<Finding> {
	const [{ url, trusted, session }] = group as [WebhookTarget]
	const parsed = new URL(url)
	const { host, port } = allowedAddressOf(parsed)
	const whose =
		group.length === 1 ? `the webhook of session ${session}` : `${group.length} webhooks`
	const target = `${parsed.origin} (${whose})`
	try {
		const lookup = targets.lookupFor(url, trusted)
		const tls = parsed.protocol === 'https:'
		await knock({ host, port: Number(port), tls, lookup, timeoutMs: TIMEOUT_MS })
	} catch (error) {
		const refusal = isGatewayError(error) ? error.message : undefined
		if (refusal) return wrong(`${target} may not be called.`, refusal)
		const why = failureReason(error) ?? `cannot be reached (${(error as Error).message})`
		return wrong(`${target} ${why}.`, adviceFor(why, host))
	}
	if (parsed.pathname.includes(TEST_URL))
		return warning(
			`${target} is a test URL of n8n, which answers only while its workflow waits for a test event.`,
			'Register the production URL, with /webhook/ in it, and activate the workflow.',
		)
	return fine(`${target} can be reached.`)
}

function adviceFor(why: string, host: string): string {
	if (/address/.test(why))
		return 'Correct the host name in the URL, or look at the DNS of this machine.'
	if (/TLS/.test(why))
		return 'Renew the certificate, or name its authority in NODE_EXTRA_CA_CERTS if it is your own; for a server without TLS write http://.'
	if (isLoopback(host))
		return 'Start the program there. In a container, this address is the container itself: name the other container or host instead.'
	return 'Start the program there, and look at the port in the URL and at firewalls in between.'
}
