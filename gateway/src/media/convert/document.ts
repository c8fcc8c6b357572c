import { extname } from 'node:path'
import type { Job, Converted } from './job.ts'

/** Documents go as they are; what they are called decides what opens them. */
export async function toDocument(job: Job): Promise<Converted> {
	return { path: job.path, mimetype: mimetypeOf(job) }
}

// Kinds that hold others: by the bytes, every table is a text and every old Word file a compound file.
const vague = ['text/plain', 'application/zip', 'application/x-cfb', 'application/xml']
const unknown = 'application/octet-stream'

const byExtension: Record<string, string> = {
	'.csv': 'text/csv',
	'.doc': 'application/msword',
	'.htm': 'text/html',
	'.html': 'text/html',
	'.ics': 'text/calendar',
	'.json': 'application/json',
	'.md': 'text/markdown',
	'.ppt': 'application/vnd.ms-powerpoint',
	'.vcf': 'text/vcard',
	'.xls': 'application/vnd.ms-excel',
}

function mimetypeOf({ mimetype, declared, filename }: Job): string {
	if (mimetype && !vague.includes(mimetype)) return mimetype
	const said = declared?.split(';')[0]!.trim().toLowerCase()
	const isSaid =
		said && said !== unknown && said !== 'text/plain' && /^[\w.+-]+\/[\w.+-]+$/.test(said)
	if (isSaid) return said
	return byExtension[extname(filename ?? '').toLowerCase()] ?? mimetype ?? unknown
}
