/** What a web page says of itself. */
export type HtmlHead = {
	title: string
	description: string | undefined
	/** Of a picture. */
	image: string | undefined
}

// A tag ends at the next bracket, whatever stands in it: so no page, however made, takes longer than its length.
const META = /<meta\s[^<>]{0,4096}>/gi
const TITLE = /<title[^<>]{0,512}>([^<>]{0,4096})<\/title/i
const ATTRIBUTE = /\b(property|name|content)\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'<>]+)/gi

/** Reads the head of an HTML page; undefined if it has no title. */
export function readHtmlHead(html: string): HtmlHead | undefined {
	const end = html.search(/<\/head|<body/i)
	const head = end < 0 ? html : html.slice(0, end)
	const said = new Map<string, string>()
	for (const [tag] of head.matchAll(META)) {
		const { property, name, content } = attributesOf(tag)
		const key = (property ?? name)?.toLowerCase()
		if (key && content && !said.has(key)) said.set(key, content)
	}
	const title = said.get('og:title') ?? plainText(head.match(TITLE)?.[1] ?? '')
	if (!title) return undefined
	return {
		title,
		description: said.get('og:description') ?? said.get('description'),
		image: said.get('og:image'),
	}
}

function attributesOf(tag: string): Record<string, string | undefined> {
	const pairs = [...tag.matchAll(ATTRIBUTE)].map(([, name, value]) => [
		name!.toLowerCase(),
		plainText(value!.replace(/^["']|["']$/g, '')),
	])
	return Object.fromEntries(pairs)
}

const entities: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
}

function plainText(text: string): string {
	const decoded = text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,4});/gi, (entity, name: string) => {
		if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? entity
		const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10)
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity
	})
	return decoded.replace(/\s+/g, ' ').trim()
}
