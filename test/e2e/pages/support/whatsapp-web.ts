import { createHash, X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { issueFor, newAuthority } from '../../../../gateway/src/sandbox/wire/x509.ts'
import type { Phone } from '../../../../gateway/src/sandbox/index.ts'
import { atEnd } from '../../../support/gateway/gateway.ts'

const HOST = 'web.whatsapp.com'

/** Serves an empty page that stands for WhatsApp Web. */
export async function servePage(t: TestContext): Promise<{ port: number; certificate: string }> {
	const { certificate, key } = issueFor([HOST], newAuthority())
	const server = createServer({ cert: certificate, key }, (_, response) => {
		response.setHeader('content-type', 'text/html')
		response.end('<!doctype html><title>WhatsApp Web</title><body></body>')
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	atEnd(t, () => {
		server.closeAllConnections()
		server.close()
	})
	return { port: (server.address() as AddressInfo).port, certificate }
}

/** Serves that page. @returns the arguments with which Chromium takes it for the real one */
export async function serveWhatsAppWeb(t: TestContext): Promise<string[]> {
	const { port, certificate } = await servePage(t)
	const spki = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' })
	return [
		`--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${port}`,
		// Only for this key: with `--ignore-certificate-errors` Chromium would offer no passkeys.
		`--ignore-certificate-errors-spki-list=${createHash('sha256').update(spki).digest('base64')}`,
	]
}

/** Opens WhatsApp Web in the browser of a person, with an authenticator that has their passkey. */
export async function openWhatsAppWeb(browser: Browser, { account }: Phone): Promise<Page> {
	const context = await browser.newContext()
	await context.grantPermissions(['clipboard-read', 'clipboard-write'])
	const page = await context.newPage()
	await page.goto(`https://${HOST}/`)
	await addAuthenticator(page, account.passkey!.credential)
	return page
}

/** Gives a tab an authenticator that has a passkey. */
export async function addAuthenticator(
	page: Page,
	{ id, userHandle, privateKey, signCount }: NonNullable<Phone['account']['passkey']>['credential'],
) {
	const devtools = await page.context().newCDPSession(page)
	await devtools.send('WebAuthn.enable')
	const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	})
	const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
	await devtools.send('WebAuthn.addCredential', {
		authenticatorId,
		credential: {
			credentialId: base64(id),
			isResidentCredential: true,
			rpId: 'whatsapp.com',
			privateKey: base64(privateKey),
			userHandle: base64(userHandle),
			signCount,
		},
	})
}
