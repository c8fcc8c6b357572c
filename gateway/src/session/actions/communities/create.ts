import { generateMessageIDV2 } from '@whiskeysockets/baileys'
import { element, expected } from '../../ask/element.ts'
import { ALL_GROUPS, groupQuery, metadataIn } from '../../ask/group-query.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeGroup } from '../groups/change.ts'
import { descriptionNode } from '../groups/description.ts'
import { toGroupJid } from '../groups/group-jid.ts'
import { linkedGroups } from './linked-groups.ts'

export type NewCommunity = {
	name: string
	description?: string | undefined
	/** Whether admins approve who joins. */
	approval: boolean
	/** Whether all members may create groups in it. */
	members_create_groups: boolean
}

export type CreatedCommunity = {
	community_jid: string
	/** The group in which admins make announcements; null if WhatsApp has not said which it is. */
	announcement_jid: string | null
	/** The group of all members, if WhatsApp has made one. */
	general_jid: string | null
}

/** Creates a community. Baileys' own `communityCreate` hides every error. */
export async function createCommunity(
	deps: SessionDeps,
	asked: NewCommunity,
	key: string | undefined,
): Promise<CreatedCommunity> {
	const { socket } = deps
	const made = await changeGroup(deps, undefined, async () =>
		expected(await groupQuery(socket, 'set', ALL_GROUPS, createNode(asked, key)), 'group'),
	)
	const { id: community_jid } = metadataIn(made)
	// It is there: what cannot be learnt of it now is in the list of its groups.
	const groups = await linkedGroups(deps, community_jid).catch(() => [])
	return {
		community_jid,
		announcement_jid: groups.find(({ announce }) => announce)?.jid ?? null,
		general_jid: groups.find(({ announce }) => !announce)?.jid ?? null,
	}
}

function createNode(
	{ name, description, approval, members_create_groups }: NewCommunity,
	key = generateMessageIDV2(),
) {
	const parent: Record<string, string> = approval
		? { default_membership_approval_mode: 'request_required' }
		: {}
	return element('create', { subject: name, key }, [
		...(description ? [descriptionNode(description)] : []),
		element('parent', parent),
		...(members_create_groups ? [element('allow_non_admin_sub_group_creation')] : []),
		element('create_general_chat'),
	])
}

/** Ends a community; its groups stay. */
export async function deactivateCommunity(deps: SessionDeps, community: string): Promise<void> {
	const jid = toGroupJid(community, 'jid')
	await changeGroup(deps, jid, () => groupQuery(deps.socket, 'set', jid, element('delete_parent')))
}
