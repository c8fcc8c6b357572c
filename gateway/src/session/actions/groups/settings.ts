import type { BinaryNode } from '@whiskeysockets/baileys'
import { element } from '../../ask/element.ts'

/** The settings of a group. */
export type GroupSettings = {
	/** Whether only admins write. */
	announce?: boolean | undefined
	/** Whether only admins change subject, description and picture. */
	locked?: boolean | undefined
	member_add_mode?: 'admin_add' | 'all_member_add' | undefined
	member_link_mode?: 'admin_link' | 'all_member_link' | undefined
	membership_approval_mode?: 'on' | 'off' | undefined
	/** Seconds after which messages disappear; 0 for never. */
	expiration?: number | undefined
	frequently_forwarded?: boolean | undefined
	admin_reports?: boolean | undefined
	group_history?: boolean | undefined
}

const either = (on: string, off: string) => (value: boolean) => element(value ? on : off)
const mode = (tag: string) => (value: string) => element(tag, {}, Buffer.from(value))

/** How WhatsApp is asked for each setting. */
const nodes: {
	[Name in keyof GroupSettings]-?: (value: NonNullable<GroupSettings[Name]>) => BinaryNode
} = {
	announce: either('announcement', 'not_announcement'),
	locked: either('locked', 'unlocked'),
	member_add_mode: mode('member_add_mode'),
	member_link_mode: mode('member_link_mode'),
	membership_approval_mode: (state) =>
		element('membership_approval_mode', {}, [element('group_join', { state })]),
	expiration: (seconds) =>
		seconds ? element('ephemeral', { expiration: String(seconds) }) : element('not_ephemeral'),
	frequently_forwarded: either('frequently_forwarded_ok', 'no_frequently_forwarded'),
	admin_reports: either('allow_admin_reports', 'not_allow_admin_reports'),
	group_history: either('group_history', 'no_group_history'),
}

/** What WhatsApp is asked for a group with this setting. */
export const settingNode = (name: keyof GroupSettings, value: unknown): BinaryNode =>
	(nodes[name] as (value: unknown) => BinaryNode)(value)

/** The settings that are given, in our order. */
export const givenSettings = (settings: GroupSettings) =>
	Object.keys(nodes)
		.map((name) => name as keyof GroupSettings)
		.filter((name) => settings[name] !== undefined)
