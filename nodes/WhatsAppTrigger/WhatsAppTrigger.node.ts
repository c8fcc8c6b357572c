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
import { icon, session } from '../shared/descriptions'
import { searchSessions } from '../shared/sessions'
import { CREDENTIAL } from '../shared/transport'
import { isRegistered, register, registrationOf, unregister } from './registration'
import { distrust } from './signature'

/** The gateway delivers at least once: this many handled events are remembered to drop repeats. */
const REMEMBERED_EVENTS = 1000

/** Which of these events were not handled before, by the record that n8n keeps in its database. */
async function unhandled(trigger: IExecuteFunctions, ids: string[]): Promise<unknown[]> {
	const record = () =>
		trigger.helpers.checkProcessedAndRecord(ids, 'node', {
			mode: 'entries',
			maxEntries: REMEMBERED_EVENTS,
		})
	// Two first events at once both try to make the record; one of them finds it made.
	const { new: fresh } = await record().catch(record)
	return fresh
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
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				// Answers once the execution is stored: from then on the event is n8n's to keep.
				responseMode: 'onReceived',
				responseData: '={{ ({ received: true }) }}',
			},
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
		const registration = registrationOf(this)
		if (!registration) return refuse(this, 'This trigger is not registered at a gateway')
		const { rawBody } = this.getRequestObject()
		const untrusted = distrust(registration.secret, this.getHeaderData(), rawBody)
		if (untrusted) return refuse(this, untrusted)
		return { workflowData: [this.helpers.returnJsonArray(this.getBodyData())] }
	}

	/**
	 * The first step of every execution, which drops repeats. webhook() cannot do it: what it writes
	 * to static data is lost when n8n answers after storing the execution (n8n 2.41.1).
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData()
		// The same event may also reach the production URL, and must not count as handled there.
		if (this.getMode() === 'manual') return [items]
		const ids = items.map(({ json }) => String(json.id))
		const fresh = await unhandled(this, ids)
		return [items.filter((_, index) => fresh.includes(ids[index]))]
	}
}
