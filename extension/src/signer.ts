import type { Signing } from './messages.ts'

// In the page's own world: from an isolated one Chromium offers security keys only.
addEventListener('message', ({ source, data }: MessageEvent<Signing | undefined>) => {
	if (source !== window || data?.source !== 'whatsapp-gateway-card') return
	const say = (said: { answer?: object; error?: string }) =>
		postMessage({ source: 'whatsapp-gateway-signer', ...said } satisfies Signing, location.origin)
	sign(data.options).then(
		(answer) => say({ answer }),
		(error: Error) => say({ error: error.message }),
	)
})

async function sign(options: object): Promise<object> {
	const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
		options as PublicKeyCredentialRequestOptionsJSON,
	)
	const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
	return credential.toJSON() as object
}
