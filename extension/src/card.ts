import { FRAGMENT, isDoor, type Answer, type Question, type Signing } from './messages.ts'

const STYLE = `
	:host { all: initial }
	section {
		position: fixed; inset: 24px auto auto 50%; transform: translateX(-50%); z-index: 2147483647;
		width: min(400px, calc(100vw - 48px)); box-sizing: border-box; padding: 24px;
		font: 16px/1.5 system-ui, sans-serif; color: #111; background: #fff;
		border-radius: 12px; box-shadow: 0 8px 32px #0006;
	}
	h1 { font-size: 20px; margin: 0 0 8px }
	p { margin: 0 0 16px }
	button { font: inherit; color: #fff; background: #0b6e54; border: 0; border-radius: 8px; padding: 12px 16px; cursor: pointer }
	button:disabled { opacity: .6 }
`

const door = takeDoor()
if (door) document.addEventListener('DOMContentLoaded', () => void showCard(door))

/** The door of the address, which is then no longer there: the page does not see it. */
function takeDoor(): string | undefined {
	const fragment = location.hash.slice(1)
	if (!fragment.startsWith(FRAGMENT)) return undefined
	history.replaceState(null, '', location.pathname)
	const found = decodeURIComponent(fragment.slice(FRAGMENT.length))
	return isDoor(found) ? found : undefined
}

async function showCard(door: string): Promise<void> {
	const { say, button } = drawCard(new URL(door).host)
	const ask = (question: Question) => chrome.runtime.sendMessage<Answer>(question)
	const { options, error } = await ask({ type: 'ask', door })
	if (!options) return say(error ?? '')
	button.disabled = false
	button.addEventListener('click', async () => {
		button.disabled = true
		try {
			const answer = await signed(options)
			const { error } = await ask({ type: 'answer', door, answer })
			if (error) throw new Error(error)
			button.remove()
			say('Done. Go back to the page that you came from.')
		} catch (error) {
			say((error as Error).message)
			button.disabled = false
		}
	})
}

function drawCard(host: string) {
	const card = document.createElement('div')
	// The page's styles do not reach into it.
	const root = card.attachShadow({ mode: 'open' })
	const add = <Name extends keyof HTMLElementTagNameMap>(
		parent: ParentNode,
		name: Name,
		text: string,
	) => {
		const element = document.createElement(name)
		element.textContent = text
		parent.append(element)
		return element
	}
	add(root, 'style', STYLE)
	const section = add(root, 'section', '')
	add(section, 'h1', 'Link this number?')
	const text = `${host} will be able to read and send messages with your WhatsApp. Confirm only if you have just linked it there.`
	const said = add(section, 'p', text)
	said.setAttribute('role', 'status')
	const button = add(section, 'button', 'Confirm with the passkey')
	button.disabled = true
	document.body.append(card)
	return {
		button,
		say(text: string) {
			said.textContent = text
		},
	}
}

/** Lets the page's own script sign. @throws Error that says why it did not */
function signed(options: object): Promise<object> {
	return new Promise((resolve, reject) => {
		const listen = ({ source, data }: MessageEvent<Signing | undefined>) => {
			if (source !== window || data?.source !== 'whatsapp-gateway-signer') return
			removeEventListener('message', listen)
			if (data.answer) resolve(data.answer)
			else reject(new Error(data.error ?? 'The browser did not sign.'))
		}
		addEventListener('message', listen)
		postMessage({ source: 'whatsapp-gateway-card', options } satisfies Signing, location.origin)
	})
}
