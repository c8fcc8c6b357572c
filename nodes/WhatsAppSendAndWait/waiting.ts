import { createHmac } from 'node:crypto'
import type {
	IDataObject,
	IExecuteFunctions,
	IWebhookDescription,
	IWebhookFunctions,
	JsonObject,
} from 'n8n-workflow'
import { NodeApiError } from 'n8n-workflow'
import { sessionOf } from '../shared/sessions'
import { callGateway, CREDENTIAL } from '../shared/transport'
import { labels, questionOf, wantedBy } from './question'

const SECONDS: Record<string, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 }
/** The gateway reports the end of the time before this. If it cannot, n8n continues by itself. */
const GRACE_MS = 90_000

/** The URL that continues a waiting execution. n8n makes it with the execution; it needs no registration. */
export const webhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		responseMode: 'onReceived',
		responseData: '={{ ({ received: true }) }}',
	},
]

/** Always the same for an execution, since its webhook cannot read the execution's data. */
export async function secretOf(context: IExecuteFunctions | IWebhookFunctions): Promise<string> {
	const { apiKey } = await context.getCredentials<{ apiKey: string }>(CREDENTIAL)
	const waiting = `${context.getExecutionId()}:${context.getNode().id}`
	return `whsec_${createHmac('sha256', apiKey).update(waiting).digest('base64')}`
}

function untilWhen(node: IExecuteFunctions): Date {
	const amount = Number(node.getNodeParameter('waitAmount', 0))
	const unit = node.getNodeParameter('waitUnit', 0) as string
	return new Date(Date.now() + amount * (SECONDS[unit] ?? 1) * 1000)
}

const sendersOf = (options: IDataObject): string[] =>
	String(options.senders ?? '')
		.split(',')
		.map((sender) => sender.trim())
		.filter(Boolean)

/** The same when the node is retried, another in the next round of a loop. */
const onceKey = (node: IExecuteFunctions): string =>
	[
		node.getWorkflow().id,
		node.getExecutionId(),
		node.getNode().id,
		node.evaluateExpression('{{ $runIndex }}', 0),
	].join(':')

/**
 * Sends the question, and registers a webhook that calls this execution with the answer. The webhook exists before the
 * question is sent, and is enabled once the id of the question is known.
 */
export async function ask(node: IExecuteFunctions): Promise<Date> {
	const chosen = node.getNodeParameter('session', 0, '', { extractValue: true })
	const session = `/sessions/${encodeURIComponent(await sessionOf(node, chosen))}`
	const to = String(node.getNodeParameter('to', 0, '', { extractValue: true }))
	const options = node.getNodeParameter('options', 0, {}) as IDataObject
	const { type, body } = questionOf(node)
	const { events, types } = wantedBy(node.getNodeParameter('kind', 0) as string, options)
	const until = untilWhen(node)
	const { id } = await callGateway<{ id: string }>(node, 'POST', `${session}/webhooks`, {
		body: {
			url: node.getSignedResumeUrl(),
			events,
			secret: await secretOf(node),
			once: true,
			until: until.toISOString(),
			disabled: true,
		},
	})
	const webhook = `${session}/webhooks/${encodeURIComponent(id)}`
	try {
		const path = `${session}/messages/${type}`
		const sent = await callGateway<{ message_id: string; to: string }>(node, 'POST', path, {
			body: { ...body, to },
			headers: { 'Idempotency-Key': onceKey(node) },
			panel: { labels, subjects: ['to'], valueOf: (field) => (field === 'to' ? to : undefined) },
		})
		const senders = sendersOf(options)
		await callGateway(node, 'PATCH', webhook, {
			body: {
				url: node.getSignedResumeUrl({ question: sent.message_id }),
				filter: {
					chats: [sent.to],
					answers_to: sent.message_id,
					from_me: 'exclude',
					...(types && { types }),
					...(senders.length && { senders }),
				},
				disabled: false,
			},
		})
	} catch (error) {
		await callGateway(node, 'DELETE', webhook).catch(() => {})
		throw new NodeApiError(node.getNode(), error as JsonObject)
	}
	return new Date(until.getTime() + GRACE_MS)
}
