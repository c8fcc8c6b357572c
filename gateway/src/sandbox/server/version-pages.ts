import type { IncomingMessage, ServerResponse } from 'node:http'
import {
	versionText,
	type AppVersion,
	type ClientVersions,
	type VersionPage,
} from './client-versions.ts'

const HTML =
	'<!doctype html><html><head><title>WhatsApp Web</title></head><body>Log in</body></html>'
/** Much more than a client should read, a bit at a time. */
const HUGE = Buffer.alloc(64 * 1024, ' no number here ')

/** As in the script of web.whatsapp.com, which is one long line. */
const script = (version: AppVersion) =>
	`importScripts("a.js");self.__swData=JSON.parse("{\\"dynamic_data\\":{\\"SiteData\\":{\\"server_revision\\":${version[2]},\\"client_revision\\":${version[2]},\\"push_phase\\":\\"C3\\"}}}");`

/** As in Baileys' src/Defaults/index.ts. */
const source = (version: AppVersion) =>
	`// imports\n\nconst version = [${version.join(', ')}]\n\nexport const NAME = '${versionText(version)}'\n`

/**
 * Answers for web.whatsapp.com/sw.js, and for the file that Baileys publishes on GitHub.
 * @returns whether the request was for one of them
 */
export function servesVersionPage(
	{ pages }: ClientVersions,
	{ method, url }: IncomingMessage,
	response: ServerResponse,
): boolean {
	const { pathname } = new URL(url ?? '/', 'http://host')
	if (method !== 'GET') return false
	if (pathname === '/sw.js') answer(pages.page, response, script)
	else if (pathname === '/WhiskeySockets/Baileys/master/src/Defaults/index.ts')
		answer(pages.file, response, source)
	else return false
	return true
}

function answer(
	page: VersionPage,
	response: ServerResponse,
	text: (version: AppVersion) => string,
) {
	page.requests++
	switch (page.state) {
		case 'fine':
			return void response.setHeader('content-type', 'text/javascript').end(text(page.version))
		case 'html':
			return void response.setHeader('content-type', 'text/html').end(HTML)
		case 'error':
			return void response.writeHead(503).end('try later')
		case 'cut':
			return void response.destroy()
		case 'huge':
			return pour(response)
		case 'silent':
	}
}

/** Writes on as long as somebody reads. */
function pour(response: ServerResponse): void {
	const write = () => {
		while (!response.destroyed && response.write(HUGE));
	}
	response.on('drain', write).on('error', () => response.destroy())
	write()
}
