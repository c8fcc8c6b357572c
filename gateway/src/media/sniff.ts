import { open } from 'node:fs/promises'

/** What a file is by its bytes, or undefined. Whatever it was said to be plays no part. */
export async function sniff(path: string): Promise<string | undefined> {
	const { fileTypeFromFile } = await import('file-type')
	// Damaged files of a known kind make file-type throw; they are of no known kind then.
	const found = await fileTypeFromFile(path).catch(() => undefined)
	if (found && found.mime !== 'application/xml') return found.mime
	return textKind(await headOf(path))
}

const HEAD_BYTES = 4096

async function headOf(path: string): Promise<Buffer> {
	const file = await open(path)
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
		return buffer.subarray(0, bytesRead)
	} finally {
		await file.close()
	}
}

function textKind(head: Buffer): string | undefined {
	const text = decoded(head)
	if (text === undefined) return undefined
	if (/<svg[\s>]/i.test(text)) return 'image/svg+xml'
	if (/^\s*(<!doctype html|<html[\s>])/i.test(text)) return 'text/html'
	if (/^\s*<\?xml\s/.test(text)) return 'application/xml'
	return 'text/plain'
}

function decoded(head: Buffer): string | undefined {
	if (head.length === 0 || head.includes(0)) return undefined
	try {
		// The end of the head may cut a character in two.
		return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
	} catch {
		return undefined
	}
}
