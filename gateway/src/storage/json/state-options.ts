import type { Change } from '../driver.ts'
import type { Cipher } from './record-line.ts'
import type { Staging } from './staging.ts'

export type StateOptions = {
	/** The changes that a new state starts with. */
	initial(): Change[]
	staging: Staging
	cipher?: Cipher | undefined
	/** Told when the end of a journal, which a crash had left half written, was cut off. */
	onCut?: ((what: { path: string; bytes: number }) => void) | undefined
	/** Bytes of journals after which their records go into a table. @default 1 MiB */
	compactAfter?: number | undefined
	/** Told when that failed. Nothing is lost by it; it is tried again. */
	onCompactionFailed?: ((error: unknown) => void) | undefined
}
