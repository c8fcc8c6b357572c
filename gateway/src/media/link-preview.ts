import { readFile } from 'node:fs/promises'
import { toImage } from './convert/image.ts'
import type { Ffmpeg } from './ffmpeg/index.ts'
import { takeUrl, type FetchOptions } from './intake/url.ts'
import { readHtmlHead } from './html-head.ts'
import { sniff } from './sniff.ts'
import type { Scratch } from './temp-files.ts'
import type { LinkPreview } from './types.ts'

const FIELD = 'link_preview'
const PAGE_BYTES = 512 * 1024
const IMAGE_BYTES = 5 * 1024 * 1024
/** For the page and its picture together: a message waits for it. */
const TOTAL_MS = 3_000
const LONGEST = 1_024

type PreviewDeps = { scratch: Scratch; ffmpeg: Ffmpeg; fetching: FetchOptions }

/** Reads what a page shows of itself. @throws if it cannot be read */
export async function previewOf(url: string, tools: PreviewDeps): Promise<LinkPreview | undefined> {
	const signal = AbortSignal.any([tools.fetching.signal, AbortSignal.timeout(TOTAL_MS)])
	const fetching = { ...tools.fetching, signal }
	const into = { scratch: tools.scratch, maxBytes: PAGE_BYTES, field: FIELD }
	const { path, declared = '' } = await takeUrl(url, into, fetching)
	if (!/html/i.test(declared)) return undefined
	const page = readHtmlHead(decode(await readFile(path), declared))
	if (!page) return undefined
	const picture = page.image && URL.parse(page.image, url)?.href
	return {
		title: page.title.slice(0, LONGEST),
		description: page.description?.slice(0, LONGEST),
		// A page without a picture that can be shown still has words.
		thumbnail: picture
			? await thumbnailOf(picture, { ...tools, fetching }).catch(() => undefined)
			: undefined,
	}
}

async function thumbnailOf(url: string, { scratch, ffmpeg, fetching }: PreviewDeps) {
	const limits = { scratch, maxBytes: IMAGE_BYTES, field: FIELD }
	const taken = await takeUrl(url, limits, fetching)
	const { thumbnail } = await toImage({
		...taken,
		...limits,
		mimetype: await sniff(taken.path),
		ffmpeg,
	})
	return thumbnail
}

function decode(bytes: Uint8Array, declared: string): string {
	const charset = declared.match(/charset="?([\w-]+)/i)?.[1] ?? 'utf-8'
	try {
		return new TextDecoder(charset).decode(bytes)
	} catch {
		return new TextDecoder().decode(bytes)
	}
}
