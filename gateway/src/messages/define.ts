import type { z } from '@hono/zod-openapi'
import type { BinaryNode, proto } from '@whiskeysockets/baileys'
import type { Context } from './context.ts'
import type { FileFacts } from './media-node.ts'
import type { MediaRole, MediaSource } from './media-source.ts'
import type { UploadedFile } from './uploaded-file.ts'

/**
 * A message type. From this one definition follow its route, its OpenAPI entry, its fields in `message.received` and
 * its operation in the n8n node.
 */
export type MessageDefinition<Schema extends z.ZodObject = z.ZodObject> = {
	/** The name in the URL and in events. */
	type: string
	/** Other names in the URL. */
	aliases?: readonly string[]
	/** Other names of fields in requests. */
	otherNames?: Record<string, string>
	/** Title Case: OpenAPI and the n8n node show it. */
	title: string
	/** One or two sentences; says so where delivery was not verified. */
	description: string
	/** The fields of a send, besides those of every message (`envelope.ts`). */
	schema: Schema
	/** The fields that show in a status only; n8n offers them there. */
	statusFields?: readonly string[]
	/** The files that it needs. They are uploaded before `toContent`. */
	media?(input: z.output<Schema>): MediaSlot[]
	/** The URL of the page to make a preview of. */
	link?(input: z.output<Schema>): string | undefined
	/** The earlier messages that it refers to. */
	refersTo?(input: z.output<Schema>): MessageReference[]
	/**
	 * Builds the content. Of several messages the first leads: the caller gets its id. Quote, mentions, expiration and
	 * view-once are added afterwards (`session/send/build-message.ts`).
	 */
	toContent(input: z.output<Schema>, tools: ContentDeps): proto.IMessage | proto.IMessage[]
	/** Whether its parts name it, by `ownKey`. */
	namesItself?: boolean
	/** Context that every message of this type has, whatever the request says. */
	context?(input: z.output<Schema>): Context
	/**
	 * The same fields read from an unwrapped message that came in; undefined if it is of another kind. Left out
	 * where it comes in as another type, as a GIF does as a video.
	 */
	fromContent?(content: proto.IMessage): (ReadFields<Schema> & Record<string, unknown>) | undefined
	/** The readable text of the message, as events have it in `text`. */
	textOf?(fields: ReadFields<Schema>): string | undefined
	/** Constants that the answer to a send has besides the message's id. */
	answers?: Record<string, string | boolean>
	/** What people can choose in it; the answer to a send has it as `choices`. */
	choicesOf?(input: z.output<Schema>): { id: string; text: string }[]
	/** Unencrypted parts of the stanza. */
	stanza?(content: proto.IMessage): Stanza
}

/**
 * A message type that the gateway reads and does not send: businesses, bots and WhatsApp itself send it. From the
 * definition follow its fields in events and its entry in the OpenAPI document.
 */
export type ReceivedDefinition<Schema extends z.ZodObject = z.ZodObject> = Pick<
	MessageDefinition<Schema>,
	'type' | 'title' | 'description'
> & {
	/** The fields that events have of it. */
	schema: Schema
	/** Reads them from an unwrapped message; undefined if it is of another kind. */
	fromContent(content: proto.IMessage): z.input<Schema> | undefined
	/** The readable text of the message, as events have it in `text`. */
	textOf?(fields: z.output<Schema>): string | undefined
}

/** A file that a message needs. */
export type MediaSlot = {
	/** The field that names it, with a dot before each further level: `items.0.image`. */
	field: string
	role: MediaRole
	source: MediaSource
}

/** An earlier message, as a request names it. */
export type MessageReference = {
	/** The field with its id. */
	field: string
	id: string
	/** The recipient whose chat it is in, and the field that says so; if not given, the chat of the send. */
	chat?: { field: string; recipient: string } | undefined
	/** Assumed if the message is not stored. */
	fromMe: boolean
	/** Its author as the request names them, and the field that does so. Required in groups. */
	author?: { field: string; recipient: string | undefined } | undefined
	/** The send is refused if the message is not stored. */
	needed?: boolean
}

/** An earlier message that is stored, without its wrappers. */
export type Earlier = { content: proto.IMessage; fromMe: boolean; viewOnce: boolean }

/** What is encrypted with the secret of the message that it answers. */
export type EncryptedAnswer =
	{ vote: proto.Message.IPollVoteMessage } | { response: proto.Message.IEventResponseMessage }

/** What a text shows of its link. */
export type ShownPreview = {
	title: string
	description?: string | undefined
	/** JPEG. */
	thumbnail?: Buffer | undefined
	/** The link, if it is not the first one of the text. */
	url?: string | undefined
}

/** What the core gives to `toContent`. */
export type ContentDeps = {
	/** The id that the message will have. */
	messageId: string
	/** The chat's jid. */
	chat: string
	/** How WhatsApp names the message itself. */
	ownKey: proto.IMessageKey
	/** The uploaded files, by the field of their slot. */
	files: Record<string, UploadedFile>
	/** What is shown of the page, if it could be read. */
	preview?: ShownPreview | undefined
	/** How WhatsApp names the earlier messages, by the field of their reference. */
	keys: Record<string, proto.IMessageKey>
	/** Those messages themselves, as far as they are remembered, by the field of their reference. */
	earlier: Record<string, Earlier | undefined>
	/** Encrypts an answer to the message that a field refers to. */
	encrypt(field: string, answer: EncryptedAnswer): proto.Message.IPollEncValue
}

/** What a message says that came in: its fields as a send has them, and of a file what is known of it. */
export type ReadFields<Schema extends z.ZodObject> = {
	[
		Field in keyof z.output<Schema> as z.output<Schema>[Field] extends MediaSource | undefined
			? never
			: Field
	]?: z.output<Schema>[Field] | undefined
} & { media?: FileFacts }

/** Parts of a message's stanza that are not encrypted. */
export type Stanza = { nodes?: BinaryNode[]; attributes?: Record<string, string> }

/**
 * Defines a message type. Put it into a file in `types/` and add it to the list in `index.ts`; its route, its OpenAPI
 * entry, its reading in events and its operation in the n8n node follow.
 * @example
 * export const share = defineMessage({
 * 	type: 'share-phone-number',
 * 	title: 'Share Phone Number',
 * 	description: "Shows this account's phone number.",
 * 	schema: z.object({}),
 * 	toContent: () => ({ protocolMessage: { type: SHARE_PHONE_NUMBER } }),
 * 	fromContent: ({ protocolMessage }) => (protocolMessage?.type === SHARE_PHONE_NUMBER ? {} : undefined),
 * })
 */
export function defineMessage<Schema extends z.ZodObject>(
	definition: MessageDefinition<Schema>,
): MessageDefinition<Schema> {
	return definition
}

/** Defines a message type that is only received. Put it into a file in `received/` and add it to the list there. */
export function defineReceived<Schema extends z.ZodObject>(
	definition: ReceivedDefinition<Schema>,
): ReceivedDefinition<Schema> {
	return definition
}
