export { createMediaPreparer, type MediaPreparerOptions } from './prepare.ts'
export { examineFfmpeg, ffmpegVersion, type ProgramTrouble } from './ffmpeg/version.ts'
export {
	createMediaDownloader,
	type MediaHosts,
	type MediaRoute,
	type MediaDownloader,
	type MediaDownloaderOptions,
} from './download/index.ts'
export type { DecryptedFile, EncryptedFile, EncryptedKind } from './download/encrypted-file.ts'
export type { MediaPreparer, TargetRole, PreparedSource, PreparedMedia } from './types.ts'
