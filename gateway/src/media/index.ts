export { createMediaDesk, type MediaDeskOptions } from './desk.ts'
export type { MediaDesk, MediaRole, MediaSource, PreparedMedia } from './types.ts'
