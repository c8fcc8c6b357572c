/** The roots of what the gateway has in common with Evolution. */
const served = [
	'/instance',
	'/message',
	'/chat',
	'/group',
	'/settings',
	'/webhook',
	'/proxy',
	'/label',
	'/call',
	'/business',
	'/verify-creds',
]

/** The roots of what it does not do: bots, hubs, queues, files elsewhere, Meta's own API. */
export const unsupportedRoots = [
	'/typebot',
	'/openai',
	'/dify',
	'/flowise',
	'/n8n',
	'/evoai',
	'/evolutionBot',
	'/chatwoot',
	'/rabbitmq',
	'/sqs',
	'/nats',
	'/kafka',
	'/pusher',
	'/websocket',
	'/s3',
	'/template',
	'/baileys',
] as const

export const parts: readonly string[] = [...served, ...unsupportedRoots]
