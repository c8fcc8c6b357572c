import type { Endpoint } from '../dialect.ts'
import { notSupported } from '../read.ts'

/** The roots of what the gateway does not do: bots, hubs, queues, files elsewhere, Meta's own API. */
export const refuses: Readonly<Record<string, string>> = {
	'/typebot': 'Typebot',
	'/openai': 'OpenAI',
	'/dify': 'Dify',
	'/flowise': 'Flowise',
	'/n8n': 'The bot n8n of Evolution API',
	'/evoai': 'EvoAI',
	'/evolutionBot': 'Evolution Bot',
	'/chatwoot': 'Chatwoot',
	'/rabbitmq': 'RabbitMQ',
	'/sqs': 'SQS',
	'/nats': 'NATS',
	'/kafka': 'Kafka',
	'/pusher': 'Pusher',
	'/websocket': 'The WebSocket of Evolution API',
	'/s3': 'S3',
	'/template': "Templates of Meta's API",
	'/baileys': 'Calling Baileys directly',
}

/** Single operations that it does not do. */
export const unsupported: Endpoint[] = [
	refusing('/call/offer/{instance}', 'Calling somebody'),
	refusing('/webhook/meta', "Webhooks of Meta's API"),
	refusing('/webhook/evolution', "Evolution API's own channel"),
]

function refusing(path: string, what: string): Endpoint {
	return {
		method: 'post',
		path,
		summary: `Not supported: ${what[0]!.toLowerCase()}${what.slice(1)}`,
		run() {
			throw notSupported(what)
		},
	}
}
