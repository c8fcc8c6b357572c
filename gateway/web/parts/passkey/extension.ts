/**
 * A browser extension that signs on web.whatsapp.com, by the messages that its vendor has published for others
 * (https://waha.devlike.pro/blog/waha-passkey/). Chromium takes messages to an extension by its id; in Firefox a content
 * script of the extension listens on the page.
 */
const CHROMIUM_ID = 'ghpdcgnjffaaekflfpcgkgpbafmjldcp'
export const extensionPages = {
	chromium: `https://chromewebstore.google.com/detail/${CHROMIUM_ID}`,
	firefox: 'https://addons.mozilla.org/firefox/addon/whatsapp-browser-extension/',
}

const PING_MS = 500
/** A person looks for their phone meanwhile. */
const SIGN_MS = 10 * 60_000

type Reply = { ok?: boolean; error?: string; assertion?: object }
type Message = { type: 'waha-passkey-ping' | 'waha-passkey-sign'; challenge?: object }
type Runtime = {
	sendMessage(id: string, message: Message, reply: (reply?: Reply) => void): void
	lastError?: unknown
}

const runtime = () => (globalThis as { chrome?: { runtime?: Runtime } }).chrome?.runtime

/** @returns undefined without an answer in time */
function send(message: Message, limitMs: number): Promise<Reply | undefined> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => resolve(undefined), limitMs)
		const take = (reply?: Reply) => {
			clearTimeout(timer)
			resolve(reply)
		}
		const chromium = runtime()
		if (chromium?.sendMessage)
			chromium.sendMessage(CHROMIUM_ID, message, (reply) =>
				// Reading it keeps the browser from reporting it.
				take(chromium.lastError ? undefined : reply),
			)
		else sendOnPage(message, take)
	})
}

function sendOnPage(message: Message, take: (reply: Reply) => void) {
	const requestId = Array.from(crypto.getRandomValues(new Uint8Array(8))).join('-')
	const listen = ({ source, data }: MessageEvent) => {
		const isReply = data?.source === 'waha-passkey-extension' && data.requestId === requestId
		if (source !== window || !isReply) return
		removeEventListener('message', listen)
		take(data)
	}
	addEventListener('message', listen)
	postMessage({ source: 'waha-passkey-page', requestId, ...message }, location.origin)
}

/** Whether such an extension is installed. */
export const hasExtension = async (): Promise<boolean> =>
	(await send({ type: 'waha-passkey-ping' }, PING_MS))?.ok === true

/** Lets the extension sign. @throws Error that says what the extension said */
export async function signWithExtension(options: object): Promise<object> {
	const reply = await send({ type: 'waha-passkey-sign', challenge: options }, SIGN_MS)
	if (reply?.ok && reply.assertion) return reply.assertion
	throw new Error(reply?.error ?? 'The extension does not answer.')
}
