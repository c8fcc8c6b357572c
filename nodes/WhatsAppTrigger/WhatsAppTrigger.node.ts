import type {
	IDataObject,
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { icon, session } from '../shared/descriptions'
import { searchSessions } from '../shared/sessions'
import { CREDENTIAL } from '../shared/transport'
import { isRegistered, register, unregister, type Registration } from './registration'
import { distrust } from './signature'

/** The gateway delivers at least once: the ids of this many deliveries are kept to drop repeats. */
const REMEMBERED_DELIVERIES = 1000

interface Memory extends IDataObject {
	registration?: Registration
	delivered?: string[]
}

/** Remembers a delivery; false when it was here before. */
function isNew(memory: Memory, deliveryId: string): boolean {
	const delivered = memory.delivered ?? []
	if (delivered.includes(deliveryId)) return false
	memory.delivered = [...delivered, deliveryId].slice(-REMEMBERED_DELIVERIES)
	return true
}

function refuse(trigger: IWebhookFunctions, reason: string): IWebhookResponseData {
	trigger.getResponseObject().status(401).json({ error: 'unauthorized', message: reason })
	return { noWebhookResponse: true }
}

export class WhatsAppTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Trigger',
		name: 'whatsAppTrigger',
		icon,
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when something happens on WhatsApp',
		eventTriggerDescription: 'Waiting for WhatsApp',
		defaults: { name: 'WhatsApp Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [
			session,
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['message.received'],
				description: 'What starts the workflow',
				options: [
					{
						name: 'Message Received',
						value: 'message.received',
						description: 'Somebody sent a message to this account',
					},
				],
			},
		],
	}

	methods = { listSearch: { searchSessions } }

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this)
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await register(this)
				return true
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unregister(this)
				return true
			},
		},
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const memory = this.getWorkflowStaticData('node') as Memory
		const { registration } = memory
		if (!registration) return refuse(this, 'This trigger is not registered at a gateway')
		const headers = this.getHeaderData()
		const untrusted = distrust(registration.secret, headers, this.getRequestObject().rawBody)
		if (untrusted) return refuse(this, untrusted)
		if (!isNew(memory, String(headers['webhook-id'])))
			return { webhookResponse: { received: true, repeated: true } }
		return {
			webhookResponse: { received: true },
			workflowData: [this.helpers.returnJsonArray(this.getBodyData())],
		}
	}
}
