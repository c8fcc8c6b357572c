import { proto } from '@whiskeysockets/baileys'
import { messageKeyOf, type FoundMessage } from './find-message.ts'
import { vcard, type Card } from './vcard.ts'

const { AssociationType } = proto.MessageAssociation
const { PairedMediaType } = proto.ContextInfo

/** The message that an album's files belong to. */
export const album = (items: proto.IMessage[]): proto.IMessage => ({
	albumMessage: {
		expectedImageCount: items.filter(({ imageMessage }) => imageMessage).length,
		expectedVideoCount: items.filter(({ videoMessage }) => videoMessage).length,
	},
})

const belongingTo = (
	parent: FoundMessage,
	associationType: proto.MessageAssociation.AssociationType,
) => ({ messageAssociation: { associationType, parentMessageKey: messageKeyOf(parent) } })

/** One file of an album. */
export const albumItem = (parent: FoundMessage, item: proto.IMessage): proto.IMessage => ({
	...item,
	messageContextInfo: belongingTo(parent, AssociationType.MEDIA_ALBUM),
})

type Pairing = {
	association: proto.MessageAssociation.AssociationType
	parent: proto.ContextInfo.PairedMediaType
	child: proto.ContextInfo.PairedMediaType
}

/** How a file and a second one of the same picture or film are connected. */
const pairings = {
	hd_image: {
		association: AssociationType.HD_IMAGE_DUAL_UPLOAD,
		parent: PairedMediaType.SD_IMAGE_PARENT,
		child: PairedMediaType.HD_IMAGE_CHILD,
	},
	hd_video: {
		association: AssociationType.HD_VIDEO_DUAL_UPLOAD,
		parent: PairedMediaType.SD_VIDEO_PARENT,
		child: PairedMediaType.HD_VIDEO_CHILD,
	},
	hevc_video: {
		association: AssociationType.HEVC_VIDEO_DUAL_UPLOAD,
		parent: PairedMediaType.HEVC_VIDEO_PARENT,
		child: PairedMediaType.HEVC_VIDEO_CHILD,
	},
	motion_photo: {
		association: AssociationType.MOTION_PHOTO,
		parent: PairedMediaType.MOTION_PHOTO_PARENT,
		child: PairedMediaType.MOTION_PHOTO_CHILD,
	},
} satisfies Record<string, Pairing>

export type SecondFileKind = keyof typeof pairings
export const secondFileKinds = Object.keys(pairings) as [SecondFileKind, ...SecondFileKind[]]

/** What says in the first message that another file follows. */
export const awaitsSecondFile = (kind: SecondFileKind): proto.IContextInfo => ({
	pairedMediaType: pairings[kind].parent,
})

/** What says in the second message that it goes with a first one. */
export const isSecondFile = (kind: SecondFileKind): proto.IContextInfo => ({
	pairedMediaType: pairings[kind].child,
})

/** The second file of a message. */
export const secondFile = (
	parent: FoundMessage,
	kind: SecondFileKind,
	message: proto.IMessage,
): proto.IMessage => ({
	associatedChildMessage: { message },
	messageContextInfo: belongingTo(parent, pairings[kind].association),
})

/** Shared contacts, one or several. */
export function contacts(cards: Card[]): proto.IMessage {
	const shared = cards.map((card) => ({ displayName: card.name, vcard: vcard(card) }))
	if (shared.length === 1) return { contactMessage: shared[0]! }
	return { contactsArrayMessage: { displayName: `${shared.length} contacts`, contacts: shared } }
}
