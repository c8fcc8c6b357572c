import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configSchema, type WahaConfig } from '../../http/dialects/waha/sessions/config.ts'
import { proxyUrlOf } from '../../http/dialects/waha/sessions/apply-config.ts'
import { webhookConfig } from '../../http/dialects/waha/sessions/webhook-config.ts'
import { withoutPassword, wrongWithProxy } from '../../lib/net/proxy-url.ts'
import { CONFIG_FILE } from './directories.ts'

export type FoundConfig = {
	config: WahaConfig
	/** The URL of its proxy. */
	proxy: string | undefined
	carries: string[]
	leaves: string[]
	/** Whether it has a proxy that cannot be used. */
	lacksProxy: boolean
}

type Fields = Record<string, unknown>

/** The config of a session. What of it is not valid stays behind. */
export async function readSessionConfig(directory: string): Promise<FoundConfig> {
	const text = await readFile(join(directory, CONFIG_FILE), 'utf8').catch(() => undefined)
	const stored = text === undefined ? {} : parsed(text)
	if (stored === undefined)
		return { ...NOTHING, leaves: [`its config, as ${CONFIG_FILE} is damaged`] }
	const leaves: string[] = []
	const config = validConfig(stored, leaves)
	const proxy = usableProxy(config, leaves)
	const { proxy: given, ...rest } = config
	return {
		config: proxy === undefined ? rest : { ...rest, proxy: given },
		proxy,
		carries: carriedBy(config, proxy),
		leaves,
		lacksProxy: Boolean(stored.proxy) && proxy === undefined,
	}
}

const NOTHING: Omit<FoundConfig, 'leaves'> = {
	config: {},
	proxy: undefined,
	carries: [],
	lacksProxy: false,
}

function parsed(text: string): Fields | undefined {
	try {
		const value: unknown = JSON.parse(text)
		return typeof value === 'object' && value !== null ? (value as Fields) : undefined
	} catch {
		return undefined
	}
}

/** @param leaves gets what is not valid */
function validConfig(stored: Fields, leaves: string[]): WahaConfig {
	const webhooks = Array.isArray(stored.webhooks) ? stored.webhooks : []
	const given: Fields = {
		...stored,
		...(stored.webhooks !== undefined && {
			webhooks: webhooks.flatMap((each) => validWebhook(each as Fields, leaves)),
		}),
	}
	const config: Fields = {}
	for (const [name, value] of Object.entries(given)) {
		const schema = configSchema.shape[name as keyof WahaConfig]
		const result = schema?.safeParse(value)
		if (result?.success) config[name] = result.data
		// An empty list of apps is said by many.
		else if (!Array.isArray(value) || value.length) leaves.push(`\`${name}\` of its config`)
	}
	return config as WahaConfig
}

/** A webhook with those of its events that there are. */
function validWebhook(stored: Fields, leaves: string[]): Fields[] {
	const named = Array.isArray(stored?.events) ? (stored.events as unknown[]) : []
	const events = named.filter((name) => webhookConfig.shape.events.safeParse([name]).success)
	const missing = named.filter((name) => !events.includes(name))
	const webhook = { ...stored, events }
	if (!events.length || !webhookConfig.safeParse(webhook).success) {
		leaves.push(`its webhook ${String(stored?.url)}, which is not valid here`)
		return []
	}
	if (missing.length) leaves.push(`the events ${missing.join(', ')} of its webhook`)
	return [webhook]
}

/** One that cannot be used stays behind: the session must not connect without it. */
function usableProxy(config: WahaConfig, leaves: string[]): string | undefined {
	if (!config.proxy) return undefined
	try {
		const url = proxyUrlOf(config)!
		const wrong = wrongWithProxy(url)
		if (wrong === undefined) return url
		leaves.push(`its proxy, as the URL of a proxy ${wrong}. ${NO_PROXY}`)
	} catch {
		leaves.push(`its proxy, which is no address. ${NO_PROXY}`)
	}
	return undefined
}

const NO_PROXY = 'It does not connect without one: set another proxy, and then ask it to connect'

function carriedBy(config: WahaConfig, proxy: string | undefined): string[] {
	const { webhooks, proxy: _, ...rest } = config
	const set = Object.entries(rest).flatMap(([name, value]) => (value === null ? [] : [name]))
	return [
		...(webhooks ?? []).map(({ url, events }) => `its webhook ${url}, ${events.join(', ')}`),
		...(set.length ? [`its config: ${set.join(', ')}`] : []),
		...(proxy === undefined ? [] : [`its proxy ${withoutPassword(proxy)}`]),
	]
}
