import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
	JsonObject,
} from 'n8n-workflow'
import { NodeApiError, NodeConnectionTypes, NodeOperationError } from 'n8n-workflow'
import { icon } from '../shared/descriptions'
import { errorItem } from '../shared/errors'
import type { GatewayEvent } from '../shared/events'
import { searchRecipients } from '../shared/recipients'
import { searchSessions } from '../shared/sessions'
import { distrust } from '../shared/signature'
import { CREDENTIAL } from '../shared/transport'
import { answerItem } from './answer'
import { properties } from './properties'
import { ask, secretOf, webhooks } from './waiting'

export class WhatsAppSendAndWait implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Send and Wait',
		name: 'whatsAppSendAndWait',
		icon,
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["kind"] }}',
		description: 'Ask a person on WhatsApp and continue with their answer',
		defaults: { name: 'WhatsApp Send and Wait' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		// An agent's tool cannot wait: n8n would take the question for the answer.
		usableAsTool: undefined,
		waitingNodeTooltip: 'Waiting for the answer on WhatsApp',
		webhooks,
		properties,
	}

	methods = { listSearch: { searchSessions, searchRecipients } }

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData()
		if (items.length > 1)
			throw new NodeOperationError(
				this.getNode(),
				`There are ${items.length} items, and an execution waits for one answer at a time`,
				{ description: 'Put this node into a Loop Over Items with a batch size of 1.' },
			)
		try {
			await this.putExecutionToWait(await ask(this))
		} catch (error) {
			const failure = new NodeApiError(this.getNode(), error as JsonObject)
			if (!this.continueOnFail()) throw failure
			return [[{ ...errorItem(failure), pairedItem: { item: 0 } }]]
		}
		return [items]
	}

	/** Called by the gateway with an answer, or when the time is over. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { rawBody } = this.getRequestObject()
		const untrusted = distrust(await secretOf(this), this.getHeaderData(), rawBody)
		if (untrusted) {
			this.getResponseObject().status(401).json({ error: 'unauthorized', message: untrusted })
			return { noWebhookResponse: true }
		}
		const event = this.getBodyData() as GatewayEvent
		const { question = null } = this.getQueryData() as { question?: string }
		return { workflowData: [[await answerItem(this, event, question)]] }
	}
}
