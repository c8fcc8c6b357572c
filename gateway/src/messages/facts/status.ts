import type { proto } from '@whiskeysockets/baileys'
import { nameAt } from '../protobuf-numbers.ts'
import { present } from './present.ts'

const sources = ['image', 'video', 'gif', 'audio', 'text', 'music'] as const // StatusSourceType
const CLOSE_FRIENDS = 1 // StatusAudienceMetadata.AudienceType

// In the order of StatusAttributionType.
const attributions = [
	undefined,
	'reshared_from_mention',
	'reshared_from_post',
	'reshared_from_post_many_times',
	'forwarded_from_status',
] as const

/** The source of a status, and its audience. */
export const readStatus = (info: proto.IContextInfo) =>
	present({
		group: info.isGroupStatus || undefined,
		close_friends: info.statusAudienceMetadata?.audienceType === CLOSE_FRIENDS || undefined,
		source: nameAt(sources, info.statusSourceType),
		attribution: nameAt(attributions, info.statusAttributionType),
		music: present({ ...musicIn(info) }),
	})

function musicIn({ statusAttributions }: proto.IContextInfo) {
	const music = statusAttributions?.find((attribution) => attribution.music)?.music
	return music && { title: music.title || undefined, author: music.author || undefined }
}
