/** The media types of files by what their names end with: of documents, which are sent as they are. */
const types: Record<string, string> = {
	pdf: 'application/pdf',
	doc: 'application/msword',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xls: 'application/vnd.ms-excel',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	ppt: 'application/vnd.ms-powerpoint',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	odt: 'application/vnd.oasis.opendocument.text',
	ods: 'application/vnd.oasis.opendocument.spreadsheet',
	rtf: 'application/rtf',
	txt: 'text/plain',
	csv: 'text/csv',
	html: 'text/html',
	md: 'text/markdown',
	ics: 'text/calendar',
	vcf: 'text/vcard',
	json: 'application/json',
	xml: 'application/xml',
	zip: 'application/zip',
	rar: 'application/vnd.rar',
	'7z': 'application/x-7z-compressed',
	gz: 'application/gzip',
	apk: 'application/vnd.android.package-archive',
	epub: 'application/epub+zip',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	png: 'image/png',
	gif: 'image/gif',
	webp: 'image/webp',
	svg: 'image/svg+xml',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	mp3: 'audio/mpeg',
	ogg: 'audio/ogg',
	wav: 'audio/wav',
	m4a: 'audio/mp4',
}

/** The media type that a name promises; undefined if it promises none that is known. */
export function mediaTypeOf(filename: string | undefined): string | undefined {
	const extension = /\.([^.]+)$/.exec(filename ?? '')?.[1]?.toLowerCase() ?? ''
	return Object.hasOwn(types, extension) ? types[extension] : undefined
}
