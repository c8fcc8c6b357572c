export { createMediaDesk, type MediaDeskOptions } from './prepare.ts'
export {
	createMediaLibrary,
	type Hosts,
	type MediaLibrary,
	type MediaLibraryOptions,
} from './download/index.ts'
export type { OpenFile, SealedFile, SealedKind } from './download/encrypted-file.ts'
export { plainName } from './filename.ts'
export type { MediaDesk, MediaRole, MediaSource, PreparedMedia } from './types.ts'
