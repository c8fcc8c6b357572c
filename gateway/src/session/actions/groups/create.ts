import {
	generateMessageIDV2,
	getBinaryNodeChildren,
	type BinaryNode,
} from '@whiskeysockets/baileys'
import { element, expected } from '../../ask/element.ts'
import { ALL_GROUPS, groupQuery, metadataIn } from '../../ask/group-query.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeGroup } from './change.ts'
import { describeGroup, type GroupDetails } from './details.ts'
import { descriptionNode } from './description.ts'

import { asNewcomer, participantNode, peopleOf, type AddressedPerson } from './people.ts'

import { resultsIn, type ParticipantResult } from './results.ts'
import { settingNode, type GroupSettings } from './settings.ts'

export type NewGroup = {
	name: string
	participants?: readonly string[] | undefined
	description?: string | undefined
	settings?: GroupSettings
	/** The community that it is created in. */
	parent?: string
}

export type CreatedGroup = {
	group_jid: string
	group: GroupDetails
	results: ParticipantResult[]
}

/**
 * Creates a group. People who cannot be added are not in it; the results say so, and Baileys' own `groupCreate` does not.
 * @param key WhatsApp's key of the creation
 * @throws GatewayError invalid_recipient, naming the field, and those of `askWhatsApp`
 */
export async function createGroup(
	deps: SessionDeps,
	asked: NewGroup,
	key: string | undefined,
): Promise<CreatedGroup> {
	const { socket, otherName } = deps
	const people = peopleOf(asked.participants ?? [], otherName).map(asNewcomer)
	const create = createNode(asked, people, key)
	const made = await changeGroup(deps, undefined, async () =>
		expected(await groupQuery(socket, 'set', ALL_GROUPS, create), 'group'),
	)
	const group = describeGroup(metadataIn(withoutRefused(made)), otherName)
	const results = resultsIn(made, people, { done: 'Added' }, otherName)
	return { group_jid: group.jid, group, results }
}

function createNode(
	{ name, description, settings, parent }: NewGroup,
	people: AddressedPerson[],
	key?: string,
) {
	return element('create', { subject: name, key: key ?? generateMessageIDV2() }, [
		...people.map(participantNode),
		...(description ? [descriptionNode(description)] : []),
		...(parent ? [element('linked_parent', { jid: parent })] : []),
		...Object.entries(settings ?? {}).map(([name, value]) =>
			settingNode(name as keyof GroupSettings, value),
		),
	])
}

const withoutRefused = (group: BinaryNode): BinaryNode => ({
	...group,
	content: getBinaryNodeChildren(group, 'participant')
		.filter(({ attrs }) => !attrs.error)
		.concat(otherChildren(group)),
})

const otherChildren = ({ content }: BinaryNode): BinaryNode[] =>
	Array.isArray(content) ? content.filter(({ tag }) => tag !== 'participant') : []
