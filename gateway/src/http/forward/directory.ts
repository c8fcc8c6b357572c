import type { Directory } from '../../cluster/directory.ts'

export type { Whereabouts } from '../../cluster/directory.ts'

/** Which gateway of a cluster has which session. */
export type OwnerDirectory = Omit<Directory, 'isServing'>
