/**
 * The reader of ffmpeg for each kind of file. It is always named: left to guess, ffmpeg reads play lists
 * that send it to other files.
 */
const demuxers: Record<string, string> = {
	'audio/aac': 'aac',
	'audio/aiff': 'aiff',
	'audio/amr': 'amr',
	'audio/ape': 'ape',
	'audio/flac': 'flac',
	'audio/mp4': 'mov',
	'audio/mpeg': 'mp3',
	'audio/ogg': 'ogg',
	'audio/ogg; codecs=opus': 'ogg',
	'audio/wav': 'wav',
	'audio/wavpack': 'wv',
	'audio/x-caf': 'caf',
	'audio/x-m4a': 'mov',
	'audio/x-ms-asf': 'asf',
	'image/bmp': 'bmp_pipe',
	'image/gif': 'gif',
	'video/3gpp': 'mov',
	'video/3gpp2': 'mov',
	'video/MP1S': 'mpeg',
	'video/MP2P': 'mpeg',
	'video/matroska': 'matroska',
	'video/mp2t': 'mpegts',
	'video/mp4': 'mov',
	'video/mpeg': 'mpegvideo',
	'video/ogg': 'ogg',
	'video/quicktime': 'mov',
	'video/vnd.avi': 'avi',
	'video/webm': 'matroska',
	'video/x-flv': 'flv',
	'video/x-m4v': 'mov',
	'video/x-ms-asf': 'asf',
}

/** Undefined for what ffmpeg is not to touch. */
export function demuxerOf(mimetype: string | undefined): string | undefined {
	return mimetype && Object.hasOwn(demuxers, mimetype) ? demuxers[mimetype] : undefined
}
