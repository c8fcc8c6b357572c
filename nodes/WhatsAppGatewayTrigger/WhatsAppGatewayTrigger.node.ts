import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { icon } from '../shared/descriptions'
import { withFiles, type Wish } from '../shared/media'
import { searchSessions } from '../shared/sessions'
import { CREDENTIAL } from '../shared/transport'
import { simple } from '../shared/events'
import { freshEvents } from './deduplicate'
import { properties } from './properties'
import { isRegistered, register, registrationOf, unregister } from './registration'
import { distrust } from '../shared/signature'

function refuse(trigger: IWebhookFunctions, reason: string): IWebhookResponseData {
	trigger.getResponseObject().status(401).json({ error: 'unauthorized', message: reason })
	return { noWebhookResponse: true }
}

const wishOf = (trigger: IExecuteFunctions, item: number): Wish => ({
	field: trigger.getNodeParameter('binaryField', item, 'data') as string,
	megabytes: trigger.getNodeParameter('maxMegabytes', item, 20) as number,
})

export class WhatsAppGatewayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Trigger',
		name: 'whatsAppGatewayTrigger',
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
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				// Answers once the execution is stored: from then on the event is n8n's to keep.
				responseMode: 'onReceived',
				responseData: '={{ ({ received: true }) }}',
			},
		],
		properties,
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
		const registration = registrationOf(this)
		if (!registration) return refuse(this, 'This trigger is not registered at a gateway')
		const { rawBody } = this.getRequestObject()
		const untrusted = distrust(registration.secret, this.getHeaderData(), rawBody)
		if (untrusted) return refuse(this, untrusted)
		const event = this.getBodyData()
		// Events about the webhook itself start no workflow.
		if (String(event.type).startsWith('webhook.')) return { webhookResponse: { received: true } }
		return { workflowData: [this.helpers.returnJsonArray(event)] }
	}

	/**
	 * The first step of every execution, which drops repeats. webhook() cannot do it: what it writes
	 * to static data is lost when n8n answers after storing the execution (n8n 2.41.1).
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const events = await freshEvents(this)
		const isSimple = this.getNodeParameter('output', 0, 'simple') === 'simple'
		const wantsFiles = this.getNodeParameter('downloadMedia', 0, false) as boolean
		const items: INodeExecutionData[] = []
		for (const { event, index } of events) {
			const item = { json: isSimple ? simple(event) : event, pairedItem: { item: index } }
			items.push(wantsFiles ? await withFiles(this, item, event, wishOf(this, index)) : item)
		}
		return [items]
	}
}
