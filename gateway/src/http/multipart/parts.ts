import { once } from 'node:events'
import type { Dicer } from '@fastify/busboy'
import { malformedForm, tooMuch } from './errors.ts'
import { headOf, headTooLarge, MAX_HEAD_BYTES, MAX_HEAD_LINES, type PartHead } from './head.ts'

/** Takes the content of a part. */
export type PartSink = { write(bytes: Buffer): void; end(): void }

/** Takes the parts of a body. */
export type PartReceiver = {
	/** @throws GatewayError if it does not want the part */
	open(head: PartHead): PartSink
	/** Resolves when everything that was written is stored: no more is read before. */
	flush(): Promise<void>
}

const MAX_PARTS = 200

/**
 * Reads a `multipart/form-data` body (RFC 7578) as it arrives. Every limit is counted on the way, and no more than one
 * chunk is in memory.
 * @throws GatewayError payload_too_large with the limit, invalid_request if it is malformed, and what `receiver` throws
 */
export async function readParts(
	body: AsyncIterable<Uint8Array>,
	boundary: string,
	receiver: PartReceiver,
): Promise<void> {
	const parser = await createParser(boundary, receiver)
	for await (const chunk of body) {
		await parser.write(chunk)
		await receiver.flush()
	}
	await parser.end()
	await receiver.flush()
}

/** Hands parts over, and keeps the first error: an exception in a stream's event would end the process. */
async function createParser(boundary: string, receiver: PartReceiver) {
	const { Dicer } = await import('@fastify/busboy')
	// More than is allowed, so that too many header lines can be told from enough.
	const limits = { maxHeaderPairs: MAX_HEAD_LINES + 1, maxHeaderSize: 2 * MAX_HEAD_BYTES }
	const dicer = new Dicer({ boundary, ...limits })
	const finished = once(dicer, 'finish').catch(() => fail(endsEarly()))
	const ends: Promise<void>[] = []
	let failure: unknown
	let count = 0
	let chunkLength = 0
	/** Bytes of a head that has begun in an earlier chunk; undefined outside of heads. */
	let headBytes: number | undefined

	function fail(error: unknown) {
		failure ??= error
	}

	function begin(part: Dicer.PartStream) {
		if (headBytes !== undefined) fail(headWithoutEnd())
		if (++count > MAX_PARTS) fail(tooMuch(`A form may have at most ${MAX_PARTS} parts`))
		headBytes = -chunkLength
		part.once('error', () => {})
		part.once('header', (header) => {
			headBytes = undefined
			receive(part, header as Record<string, string[]>)
		})
	}

	function receive(part: Dicer.PartStream, header: Record<string, string[]>) {
		let sink: PartSink | undefined
		attempt(() => (sink = receiver.open(headOf(header))))
		part.on('data', (bytes: Buffer) => attempt(() => sink?.write(bytes)))
		const ended = new Promise((resolve) => part.once('end', resolve))
		ends.push(ended.then(() => attempt(() => sink?.end())))
	}

	function attempt(step: () => void) {
		try {
			if (!failure) step()
		} catch (error) {
			fail(error)
		}
	}

	dicer.on('part', begin)
	return {
		async write(chunk: Uint8Array): Promise<void> {
			chunkLength = chunk.length
			const written = new Promise<void>((resolve) => dicer.write(chunk, () => resolve()))
			// A write that has the last boundary in it may never be called back.
			await Promise.race([written, finished])
			if (headBytes !== undefined) headBytes += chunkLength
			if (headBytes !== undefined && headBytes > MAX_HEAD_BYTES) fail(headTooLarge())
			if (failure) throw failure
		},
		async end(): Promise<void> {
			dicer.end()
			await finished
			if (headBytes !== undefined) fail(headWithoutEnd())
			if (!failure) await Promise.all(ends)
			if (failure) throw failure
		},
	}
}

const endsEarly = () => malformedForm('it ends before its last boundary')
const headWithoutEnd = () => malformedForm('the head of a part has no end')
