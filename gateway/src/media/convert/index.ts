import type { TargetRole } from '../types.ts'
import { toAudio, toM4a, toVoice } from './audio.ts'
import { toDocument } from './document.ts'
import { toImage } from './image.ts'
import type { Converter } from './job.ts'
import { toPhoto, toPicture } from './picture.ts'
import { toSticker } from './sticker.ts'
import { toGif, toVideo, toVideoNote } from './video.ts'

/** What is done for each role. */
export const converters: Record<TargetRole, Converter> = {
	image: toImage,
	video: toVideo,
	gif: toGif,
	'video-note': toVideoNote,
	audio: toAudio,
	m4a: toM4a,
	voice: toVoice,
	document: toDocument,
	sticker: toSticker,
	picture: toPicture,
	photo: toPhoto,
}
