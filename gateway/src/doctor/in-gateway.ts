import type { Delivery } from '../delivery/index.ts'
import type { Webhooks } from '../delivery/registry/webhooks.ts'
import type { WhatsAppServer } from '../session/connection/network.ts'
import type { Sessions } from '../session/sessions.ts'
import type { CheckContext, CheckedConfig, Unready } from './check.ts'
import { thisMachine } from './machine.ts'
import { runChecks, whyUnready, type CheckResult } from './run-checks.ts'

/** The checks of a running gateway. */
export type GatewayChecks = {
	/** Runs all of them. Requests that come meanwhile share the results. */
	all(): Promise<CheckResult[]>
	/** Why the gateway takes no requests, by those that cost next to nothing; undefined if it takes them. */
	unready(): Promise<Unready | undefined>
}

export type GatewayChecksOptions = {
	config: CheckedConfig
	sessions: Sessions
	webhooks: Webhooks
	delivery: Delivery
	keys(): { role: string }[]
	whatsapp: WhatsAppServer
	address(): string
	/** In a cluster: whether this node takes sessions. */
	isServing?: (() => boolean) | undefined
}

export function createGatewayChecks(options: GatewayChecksOptions): GatewayChecks {
	const { config, sessions, webhooks, delivery, whatsapp } = options
	const machine = thisMachine()
	const context: CheckContext = {
		config,
		// It would not run with settings that cannot be used.
		settingProblems: [],
		unusable: new Set(),
		machine,
		whatsapp: async () => whatsapp,
		stored: async () => ({
			webhooks: sessions.list().flatMap(({ id }) => webhooks.list(id)),
			proxies: sessions.list().map((session) => session.proxy()),
			keys: options.keys(),
			damages: [],
		}),
		running: {
			address: options.address,
			sessions: () => sessions.list().map((session) => session.view()),
			version: sessions.version,
			deliveries: delivery.totals,
		},
	}
	let running: Promise<CheckResult[]> | undefined
	return {
		all: () => (running ??= runChecks(context).finally(() => (running = undefined))),
		unready: async () => (options.isServing?.() === false ? 'not_in_cluster' : whyUnready(context)),
	}
}
