import { open, stat, type FileHandle } from 'node:fs/promises'
import { decodeHashIndex, hashIndexBuilder, type HashIndex } from './hash-index.ts'
import { damagedFile } from './damaged-file.ts'
import { openRecordFile, readLine, scan } from './record-file.ts'
import { encodeLine, type Cipher } from './record-line.ts'
import { writeFully } from './segment.ts'
import type { Staging } from './staging.ts'

/** A record of a table. Null stands for one that was deleted and may be in an older table. */
export type Entry = {
	id: string
	value: unknown
	/** It was deleted before: it takes no earlier place in the order of first writing. */
	isReborn: boolean
}

/** Many records in one file that never changes, found by a small index in memory. */
export type Table = {
	path: string
	/** Bytes of the records that are not dropped. */
	size(): number
	/** Bytes of the records that are dropped. */
	waste(): number
	collections(): string[]
	/** How many records of a collection are here, deleted ones included. */
	count(collection: string): number
	mayHave(collection: string, id: string): boolean
	find(collection: string, id: string): Promise<Entry | undefined>
	/** The records of a collection, in the order of first writing. */
	entries(collection: string): AsyncGenerator<Entry>
	/** Forgets collections, by their names. Their bytes go when the table is written anew. */
	drop(isDropped: (name: string) => boolean): void
	/** The names of the collections that were dropped. */
	dropped(): string[]
	close(): Promise<void>
}

/** The collections of a table; each has its index on a line of its own. */
type Footer = { name: string; end: number; offset: number; length: number }[]

type TableOptions = { cipher?: Cipher | undefined }

/** Messages and requests get their turn while a write is under way: it should come soon. */
const FLUSH_BYTES = 32 * 1024
/** The last line says where the footer is. It has always this length, so that it is found from the end. */
const TRAILER_BYTES = 64

/** Writes a table: one record a line, collection by collection, then their indexes. */
export async function writeTable(
	path: string,
	collections: AsyncIterable<{ name: string; entries: AsyncIterable<Entry> }>,
	{ staging, cipher }: TableOptions & { staging: Staging },
): Promise<void> {
	const temporary = staging.newPath()
	const file = await open(temporary, 'wx', 0o600)
	try {
		const lines = lineWriter(file, cipher)
		const indexes: { name: string; index: HashIndex }[] = []
		for await (const { name, entries } of collections) {
			const builder = hashIndexBuilder(lines.position())
			for await (const { id, value, isReborn } of entries)
				builder.add(id, await lines.write(JSON.stringify(isReborn ? [id, value, 1] : [id, value])))
			if (builder.count) indexes.push({ name, index: builder.build() })
		}
		const footer: Footer = []
		for (const { name, index } of indexes) {
			const span = await lines.write(index.encode().toString('base64'))
			footer.push({ name, end: index.end, ...span })
		}
		await lines.writeTrailer(await lines.write(JSON.stringify(footer)))
		await file.sync()
	} finally {
		await file.close()
	}
	await staging.place(temporary, path)
}

function lineWriter(file: FileHandle, cipher?: Cipher) {
	let waiting: Buffer[] = []
	let bytes = 0
	let written = 0

	async function flush() {
		await writeFully(file, Buffer.concat(waiting), written)
		written += bytes
		waiting = []
		bytes = 0
	}

	async function add(line: Buffer) {
		const span = { offset: written + bytes, length: line.length }
		waiting.push(line)
		bytes += line.length
		if (bytes >= FLUSH_BYTES) await flush()
		return span
	}

	return {
		position: () => written + bytes,
		write: (text: string) => add(encodeLine(text, cipher)),
		async writeTrailer({ offset, length }: { offset: number; length: number }) {
			const empty = encodeLine('').length
			await add(encodeLine(JSON.stringify([offset, length]).padEnd(TRAILER_BYTES - empty)))
			await flush()
		},
	}
}

/** Opens a table. @param dropped the collections that were dropped from it @throws DamagedError */
export async function openTable(
	path: string,
	dropped: readonly string[],
	{ cipher }: TableOptions,
): Promise<Table> {
	const all = await readIndexes(path, cipher)
	const indexes = new Map([...all].filter(([name]) => !dropped.includes(name)))
	const gone = new Set([...all.keys()].filter((name) => dropped.includes(name)))
	const file = await openRecordFile(path, cipher)
	const bytesOf = (names: Iterable<string>) => {
		let bytes = 0
		for (const name of names) bytes += all.get(name)!.end - all.get(name)!.begin
		return bytes
	}
	// Asked for at every commit.
	let size = bytesOf(indexes.keys())
	let waste = bytesOf(gone)
	return {
		path,
		size: () => size,
		waste: () => waste,
		collections: () => [...indexes.keys()],
		count: (collection) => indexes.get(collection)?.count ?? 0,
		mayHave: (collection, id) => indexes.get(collection)?.mayHave(id) ?? false,
		async find(collection, id) {
			for (const span of indexes.get(collection)?.candidates(id) ?? []) {
				const entry = entryOf(await file.read(span))
				if (entry.id === id) return entry
			}
			return undefined
		},
		async *entries(collection) {
			const index = indexes.get(collection)
			if (!index) return
			const part = { from: index.begin, to: index.end, cipher }
			for await (const { text, offset } of scan(path, part)) {
				if (text === undefined) throw damagedFile(path, `byte ${offset} is garbled`)
				yield entryOf(text)
			}
		},
		drop(isDropped) {
			for (const name of [...indexes.keys()].filter(isDropped)) {
				indexes.delete(name)
				gone.add(name)
			}
			size = bytesOf(indexes.keys())
			waste = bytesOf(gone)
		},
		dropped: () => [...gone],
		close: () => file.close(),
	}
}

function entryOf(text: string): Entry {
	const [id, value, isReborn] = JSON.parse(text) as [string, unknown, 1?]
	return { id, value, isReborn: isReborn === 1 }
}

async function readIndexes(path: string, cipher?: Cipher): Promise<Map<string, HashIndex>> {
	const { size } = await stat(path)
	const file = await open(path, 'r')
	try {
		const trailer = { offset: Math.max(0, size - TRAILER_BYTES), length: TRAILER_BYTES }
		const [offset, length] = JSON.parse(await readLine(file, path, trailer)) as [number, number]
		const footer = JSON.parse(await readLine(file, path, { offset, length }, cipher)) as Footer
		const indexes = new Map<string, HashIndex>()
		for (const { name, end, ...span } of footer) {
			const text = await readLine(file, path, span, cipher)
			indexes.set(name, decodeHashIndex(Buffer.from(text, 'base64'), end))
		}
		return indexes
	} finally {
		await file.close()
	}
}
