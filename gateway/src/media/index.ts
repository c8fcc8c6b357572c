export type { MediaDesk, MediaRole, MediaSource, PreparedMedia } from './types.ts'
