import { useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { linkingWords, type LinkingWords } from './linking-words.ts'

type CopyProps = { text: string; words?: LinkingWords['copy'] }

/**
 * Copies a text. Over plain HTTP a browser lets no page write the clipboard: the text is selected then, and the person
 * copies it.
 */
export function Copy({ text, words = linkingWords.copy }: CopyProps) {
	const [done, setDone] = useState<{ text: string; how: 'copied' | 'selected' }>()
	async function copy(event: MouseEvent) {
		const shown = (event.currentTarget as HTMLElement).parentElement!
		const isCopied = await navigator.clipboard?.writeText(text).then(
			() => true,
			() => false,
		)
		if (!isCopied) getSelection()?.selectAllChildren(shown.querySelector('[data-copy]') ?? shown)
		setDone({ text, how: isCopied ? 'copied' : 'selected' })
	}
	return <Button onClick={copy}>{words[done?.text === text ? done.how : 'copy']}</Button>
}
