import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Phone } from '../../../../gateway/src/sandbox/index.ts'
import { atEnd, temporaryDirectory } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'
import { connectMarionette } from './marionette.ts'

const EXECUTABLE = process.env.FIREFOX ?? '/usr/bin/firefox-esr'

/** The key under which WebDriver names an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
/** The first element of an XPath. */
const FIRST =
	'return document.evaluate(arguments[0], document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue'
type Element = { [ELEMENT]: string }

/** Virtual authenticators in place of real ones, also on a page whose certificate Firefox does not know. */
const VIRTUAL_AUTHENTICATORS = {
	'security.webauth.webauthn_enable_softtoken': true,
	'security.webauth.webauthn_enable_usbtoken': false,
	'security.webauthn.allow_with_certificate_override': true,
}

export type Firefox = Awaited<ReturnType<typeof openFirefox>>

/** A Firefox that is installed already, with a profile of its own; it lives as long as the test. */
export async function openFirefox(t: TestContext, preferences: Record<string, unknown>) {
	const { command } = await connectMarionette(await startFirefox(t, preferences))
	const { capabilities } = await command<{ capabilities: { browserVersion: string } }>(
		'WebDriver:NewSession',
		{ acceptInsecureCerts: true },
	)

	/** Runs the body of a function in the page. */
	const run = async <Value>(script: string, ...args: unknown[]): Promise<Value> =>
		(await command<{ value: Value }>('WebDriver:ExecuteScript', { script, args })).value

	/** The element that such a body returns, as soon as it is there. */
	const findWith = (script: string, ...args: unknown[]): Promise<Element> =>
		until([script, ...args].join(' '), () => run<Element | null>(script, ...args))

	const address = async () => (await command<{ value: string }>('WebDriver:GetCurrentURL')).value

	const handles = () => command<string[]>('WebDriver:GetWindowHandles')

	return {
		version: capabilities.browserVersion,
		command,
		run,
		address,
		findWith,
		find: (xpath: string) => findWith(FIRST, xpath),
		goto: (url: string) => command('WebDriver:Navigate', { url }),
		click: (element: Element) => command('WebDriver:ElementClick', { id: element[ELEMENT] }),
		type: (element: Element, text: string) =>
			command('WebDriver:ElementSendKeys', { id: element[ELEMENT], text }),
		/** An extension in a folder, until Firefox ends: it needs no signature of Mozilla. */
		install: (path: string) => command('Addon:Install', { path, temporary: true }),
		tab: async () => (await command<{ value: string }>('WebDriver:GetWindowHandle')).value,
		switchTo: (handle: string) => command('WebDriver:SwitchToWindow', { handle }),
		/** Goes to the tab that `open` opens. */
		async follow(open: () => Promise<unknown>) {
			const before = await handles()
			await open()
			const handle = await until('a tab is opened', async () =>
				(await handles()).find((handle) => !before.includes(handle)),
			)
			await command('WebDriver:SwitchToWindow', { handle })
			// The empty page that it has at first goes away in the middle of a script.
			await until('the tab has an address', async () => (await address()) !== 'about:blank')
		},
	}
}

/** @returns the port at which it takes commands */
async function startFirefox(t: TestContext, preferences: Record<string, unknown>) {
	const profile = await temporaryDirectory(t)
	const lines = Object.entries({
		// Any free one, which it writes down.
		'marionette.port': 0,
		...VIRTUAL_AUTHENTICATORS,
		...preferences,
	}).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
	await writeFile(join(profile, 'user.js'), lines.join('\n'))
	const child = spawn(EXECUTABLE, ['--headless', '--marionette', '--profile', profile], {
		env: { PATH: process.env.PATH, HOME: profile },
		stdio: 'ignore',
	})
	const ended = once(child, 'exit')
	atEnd(t, async () => {
		child.kill()
		await ended
	})
	let failed: Error | undefined
	ended.then(
		() => (failed = new Error('Firefox has ended')),
		(error: Error) => (failed = error),
	)
	return await until('Firefox takes commands', async () => {
		if (failed) throw failed
		const port = await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '')
		return Number(port)
	})
}

/** Gives Firefox an authenticator that has a passkey. */
export async function addAuthenticator(
	{ command }: Pick<Firefox, 'command'>,
	{ id, userHandle, privateKey, signCount }: NonNullable<Phone['account']['passkey']>['credential'],
) {
	const { value: authenticatorId } = await command<{ value: string }>(
		'WebAuthn:AddVirtualAuthenticator',
		{
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
		},
	)
	const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
	await command('WebAuthn:AddCredential', {
		authenticatorId,
		credentials: {
			credentialId: base64url(id),
			isResidentCredential: true,
			rpId: 'whatsapp.com',
			privateKey: base64url(privateKey),
			userHandle: base64url(userHandle),
			signCount,
		},
	})
}
