import { createHash } from 'node:crypto'
import type { IDataObject, IHookFunctions } from 'n8n-workflow'
import { NodeOperationError } from 'n8n-workflow'
import { valueOf } from '../shared/values'

/** The webhook that the parameters ask for, in the form in which the gateway shows one. */
export interface Wanted extends IDataObject {
	url: string
	events: string[]
	filter: IDataObject
	/** Seconds. */
	merge: { quiet: number; longest: number } | null
	/** Whether events have the protobuf message. */
	raw: boolean
	/** Whether what was deleted before its delivery is left out. */
	skip_deleted: boolean
	resume: string | null
}

const isFilled = (value: unknown): boolean =>
	Array.isArray(value) ? value.length > 0 : value !== '' && value !== undefined

/** A list may come from an expression as text. */
const LISTS = ['chats', 'senders']

const filterBy = (fields: IDataObject): IDataObject =>
	filled(
		Object.fromEntries(
			Object.entries(fields).map(([name, value]) => [
				name,
				LISTS.includes(name) ? (valueOf(value, 'lines') as string[]) : value,
			]),
		),
	)

const filled = (fields: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => isFilled(value)))

/** Test and production have URLs of their own. */
export function ownUrl(hook: IHookFunctions): string {
	const url = hook.getNodeWebhookUrl('default')
	if (!url) throw new NodeOperationError(hook.getNode(), 'n8n gave this trigger no webhook URL')
	return url
}

/** True when a test from the editor begins: it never catches up. */
const isTest = (hook: IHookFunctions): boolean => hook.getMode() === 'manual'

const sinceOf = (hook: IHookFunctions): string =>
	valueOf(hook.getNodeParameter('since', ''), 'time', hook.getTimezone()) as string

/** The resume name of this trigger's webhook: unique for every n8n that shares the gateway. */
function placeOf(hook: IHookFunctions): string {
	const parts = [hook.getInstanceId(), hook.getWorkflow().id, hook.getNode().id]
	if (hook.getNodeParameter('catchUp', 'off') === 'since') parts.push(sinceOf(hook))
	return `n8n:${createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 32)}`
}

const mergeOf = (hook: IHookFunctions) => ({
	quiet: hook.getNodeParameter('quietSeconds', 5) as number,
	longest: hook.getNodeParameter('longestSeconds', 60) as number,
})

export const wantedBy = (hook: IHookFunctions): Wanted => ({
	url: ownUrl(hook),
	events: hook.getNodeParameter('events', []) as string[],
	filter: filterBy(hook.getNodeParameter('filters', {}) as IDataObject),
	merge: hook.getNodeParameter('combine', false) ? mergeOf(hook) : null,
	raw: hook.getNodeParameter('raw', false) as boolean,
	skip_deleted: true,
	resume: isTest(hook) ? null : placeOf(hook),
})

/** Where the webhook begins in the event log; it is sent only when the webhook is created. */
export function beginningOf(hook: IHookFunctions): IDataObject {
	if (isTest(hook)) return { from: 'now' }
	const mode = hook.getNodeParameter('catchUp', 'off')
	if (mode === 'off') return { from: 'now', catch_up: { events: 0 } }
	const limits = filled(hook.getNodeParameter('catchUpLimits', {}) as IDataObject)
	return { from: mode === 'since' ? sinceOf(hook) : 'now', catch_up: limits }
}
