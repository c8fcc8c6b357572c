import type { Directory } from '../../cluster/directory.ts'
import type { ListedSession } from '../../session/listed-session.ts'

export type { Whereabouts } from '../../cluster/directory.ts'

/** Which gateway of a cluster has which session. */
export type OwnerDirectory = Omit<Directory, 'isServing' | 'views'> & {
	/** Every session of the cluster, as its record has it. @throws GatewayError storage_failed */
	listed(): Promise<ListedSession[]>
}
