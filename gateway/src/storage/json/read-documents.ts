import { join } from 'node:path'
import type { Shape } from '../driver.ts'
import { readDurableFile } from './durable-file.ts'
import { documentNamesIn } from './fs.ts'
import type { Cipher } from './record-line.ts'

/** The documents under a directory that another process may own: they are read, and nothing is changed. */
export function readDocuments(root: string, cipher: Cipher) {
	return {
		/** What a document holds; null if there is none. @throws DamagedError, StateKeyError */
		read: <T>(name: string, shape: Shape<T>): Promise<T | null> =>
			readDurableFile(join(root, `${name}.json`), shape, cipher),
		/** The documents right below a name. */
		namesIn: (name: string) => documentNamesIn(join(root, name)),
	}
}
