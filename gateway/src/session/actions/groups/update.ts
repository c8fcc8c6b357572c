import type { BinaryNode } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import { element } from '../../ask/element.ts'
import { groupQuery } from '../../ask/group-query.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeGroup } from './change.ts'
import { descriptionNode } from './description.ts'
import { toGroupJid } from './group-jid.ts'
import { givenSettings, settingNode, type GroupSettings } from './settings.ts'

export type GroupUpdate = GroupSettings & {
	name?: string | undefined
	/** The name, under the other word for it: errors name the field as it was given. */
	subject?: string | undefined
	/** Null or empty removes it. */
	description?: string | null | undefined
	/** The id of the description that this one replaces. Default: that of the present one. */
	prev_id?: string | undefined
}

/**
 * Changes what is given, one after the other: WhatsApp has a query for each.
 * @throws GatewayError invalid_recipient, naming the field, and those of `askWhatsApp`, naming the field that was
 * refused and those that were changed before it
 */
export async function updateGroup(
	deps: SessionDeps,
	group: string,
	update: GroupUpdate,
): Promise<void> {
	const jid = toGroupJid(group, 'jid')
	await changeGroup(deps, jid, async () => {
		const done: string[] = []
		for (const [field, node] of await nodesFor(deps, jid, update)) {
			await groupQuery(deps.socket, 'set', jid, node).catch((error: unknown) => {
				throw failedAt(field, done, error)
			})
			done.push(field)
		}
	})
}

async function nodesFor(
	{ groups }: SessionDeps,
	jid: string,
	{ name, subject, description, prev_id, ...settings }: GroupUpdate,
): Promise<[field: string, node: BinaryNode][]> {
	const described = description === undefined ? [] : [await replaceDescription()]
	const names = Object.entries({ name, subject }).flatMap(([field, given]) =>
		given === undefined ? [] : [[field, subjectNode(given)] as [string, BinaryNode]],
	)
	return [
		...names,
		...described,
		...givenSettings(settings).map((field): [string, BinaryNode] => [
			field,
			settingNode(field, settings[field]),
		]),
	]

	async function replaceDescription(): Promise<[string, BinaryNode]> {
		const prev = prev_id ?? (await groups.get(jid)).descId
		return ['description', descriptionNode(description || null, prev)]
	}
}

const subjectNode = (name: string) => element('subject', {}, Buffer.from(name))

function failedAt(field: string, done: string[], error: unknown): unknown {
	if (!(error instanceof GatewayError)) return error
	const before = done.length
		? ` Changed before: ${done.map((name) => `\`${name}\``).join(', ')}.`
		: ''
	const advice = `\`${field}\`: ${error.message}${before}`
	return new GatewayError(error.code, advice, { ...error.facts, field, cause: error })
}
