/** Runs on web.whatsapp.com, and refers to nothing outside itself: its text is pasted there. */
function signHere(options: PublicKeyCredentialRequestOptionsJSON): void {
	const button = document.createElement('button')
	button.textContent = 'Confirm with the passkey'
	button.style.cssText =
		'position:fixed;top:24px;left:50%;transform:translateX(-50%);z-index:2147483647;padding:16px 24px;' +
		'font:16px system-ui;color:#fff;background:#0b6e54;border:0;border-radius:8px;cursor:pointer'
	const say = (text: string) => {
		button.textContent = text
	}
	button.onclick = async () => {
		try {
			const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
			const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
			const answer = JSON.stringify(credential.toJSON())
			await navigator.clipboard.writeText(answer).then(
				() => say('Copied. Go back and paste it'),
				() => prompt('Copy this, go back and paste it', answer),
			)
		} catch (error) {
			say(`Not confirmed: ${(error as Error).message}. Try again`)
		}
	}
	document.body.append(button)
}

/** What a person pastes into the console of web.whatsapp.com: it draws a button, which needs a click for WebAuthn. */
export const snippetFor = (options: object) =>
	`(${signHere.toString()})(${JSON.stringify(options)})`
