import type { proto } from '@whiskeysockets/baileys'

/** A file as messages refer to it, once WhatsApp has it. */
export type UploadedFile = Partial<
	Pick<
		proto.Message.IVideoMessage,
		| 'url'
		| 'directPath'
		| 'mediaKey'
		| 'fileSha256'
		| 'fileEncSha256'
		| 'fileLength'
		| 'mediaKeyTimestamp'
		| 'mimetype'
		| 'jpegThumbnail'
		| 'width'
		| 'height'
		| 'seconds'
	> &
		Pick<proto.Message.IAudioMessage, 'waveform'> &
		Pick<proto.Message.IDocumentMessage, 'pageCount' | 'fileName'> &
		Pick<proto.Message.IStickerMessage, 'isAnimated'>
>
