import { useState } from 'preact/hooks'
import { Button } from './button.tsx'

/**
 * Copies a text. Over plain HTTP a browser lets no page write the clipboard: the text is selected then, and the person
 * copies it.
 */
export function Copy({ text, label = 'Copy' }: { text: string; label?: string }) {
	const [said, setSaid] = useState(label)
	async function copy(event: MouseEvent) {
		const shown = (event.currentTarget as HTMLElement).parentElement!
		const isCopied = await navigator.clipboard?.writeText(text).then(
			() => true,
			() => false,
		)
		if (!isCopied) getSelection()?.selectAllChildren(shown.querySelector('[data-copy]') ?? shown)
		setSaid(isCopied ? 'Copied' : 'Selected: press Ctrl+C')
	}
	return <Button onClick={copy}>{said}</Button>
}
