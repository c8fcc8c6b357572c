import type { proto } from '@whiskeysockets/baileys'
import { count, some, type Readers } from './readers.ts'

const note = (caption: string | null | undefined) => (caption ? { note: caption } : {})

type Newsletter = Pick<
	proto.Message.INewsletterAdminInviteMessage,
	'newsletterName' | 'newsletterJid' | 'caption'
>

const toChannel = ({ newsletterName, newsletterJid, caption }: Newsletter) => ({
	kind: 'invitation' as const,
	to: 'channel' as const,
	text: some(newsletterName) ?? newsletterJid ?? '',
	...note(caption),
})

/** Invitations to groups, channels and calls. */
export const invitationReaders: Readers = {
	groupInviteMessage: ({ groupName, groupJid, inviteCode, caption }) => ({
		kind: 'invitation',
		to: 'group',
		text: some(groupName) ?? groupJid ?? '',
		...(some(inviteCode) && { code: inviteCode! }),
		...note(caption),
	}),
	newsletterAdminInviteMessage: toChannel,
	newsletterFollowerInviteMessageV2: toChannel,
	scheduledCallCreationMessage: ({ title, scheduledTimestampMs }) => {
		const at = count(scheduledTimestampMs)
		return {
			kind: 'invitation',
			to: 'call',
			text: some(title) ?? 'A call',
			...(at && { note: new Date(at).toISOString() }),
		}
	},
}
