import {
	asker,
	phoneIn,
	UnexpectedAnswer,
	type Installation,
	type Instance,
} from './installation.ts'

type Root = { version?: string; clientName?: string }
type Row = {
	name: string
	connectionStatus: string
	ownerJid: string | null
	integration: string
	Chatwoot?: { enabled?: boolean } | null
	Rabbitmq?: { enabled?: boolean } | null
	Nats?: { enabled?: boolean } | null
	Sqs?: { enabled?: boolean } | null
	Websocket?: { enabled?: boolean } | null
}
type Hook = { url: string; enabled: boolean; events: string[] } | null
type Ask = ReturnType<typeof asker>

/** What an instance may have besides webhooks, and what to use here. */
const beside: [keyof Row, string][] = [
	['Chatwoot', 'Chatwoot: not covered'],
	['Rabbitmq', 'RabbitMQ: not covered; webhooks and the event stream are'],
	['Nats', 'NATS: not covered; webhooks and the event stream are'],
	['Sqs', 'SQS: not covered; webhooks and the event stream are'],
	['Websocket', 'WebSocket: not covered; GET /api/v1/sessions/{id}/events/stream is'],
]

/** Those bots whose list Evolution gives, by the first part of the path. */
const bots = ['typebot', 'openai', 'dify', 'flowise', 'n8n', 'evoai', 'evolutionBot']

/**
 * What an Evolution API tells of itself.
 * @param key its global key, or the token of one instance
 * @throws UnexpectedAnswer
 */
export async function askEvolution(url: string, key: string): Promise<Installation> {
	const ask = asker(url, { apikey: key })
	const { version } = await ask<Root>('/')
	if (!version) throw new UnexpectedAnswer(`${url} is no Evolution API: GET / names no version.`)
	const rows = await ask<Row[]>('/instance/fetchInstances')
	return {
		system: 'Evolution API',
		version,
		instances: await Promise.all(rows.map((row) => instanceOf(row, ask))),
		remarks: [],
	}
}

async function instanceOf(row: Row, ask: Ask): Promise<Instance> {
	const { name, connectionStatus: state, ownerJid, integration } = row
	const path = encodeURIComponent(name)
	const hook = await ask<Hook>(`/webhook/find/${path}`).catch(() => null)
	const isBaileys = integration === 'WHATSAPP-BAILEYS'
	const used = beside.filter(([field]) => (row[field] as { enabled?: boolean } | null)?.enabled)
	return {
		name,
		state,
		phone: phoneIn(ownerJid),
		obstacle: isBaileys
			? ownerJid
				? null
				: 'it is not linked'
			: `its integration is ${integration}, which is not WhatsApp Web`,
		webhooks: hook?.enabled ? [{ url: hook.url, events: hook.events }] : [],
		remarks: [...used.map(([, sentence]) => sentence), ...(await botsOf(path, ask))],
	}
}

async function botsOf(path: string, ask: Ask): Promise<string[]> {
	const found = await Promise.all(
		bots.map(async (bot) => {
			const list = await ask<unknown>(`/${bot}/find/${path}`).catch(() => null)
			const isUsed = Array.isArray(list) && list.length > 0
			return isUsed ? [`${bot}: not covered; build it in n8n with the WhatsApp nodes`] : []
		}),
	)
	return found.flat()
}
