import { useState } from 'preact/hooks'
import { Button } from './button.tsx'

/** The only thing that the pages keep in the browser. */
const KEPT = 'mode'

const root = document.documentElement
const kept = localStorage.getItem(KEPT)
if (kept) root.dataset.mode = kept

const isDarkNow = () =>
	(root.dataset.mode ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) ===
	'dark'

/** Switches between light and dark. */
export function ModeSwitch() {
	const [isDark, setDark] = useState(isDarkNow)
	function change() {
		root.dataset.mode = isDark ? 'light' : 'dark'
		localStorage.setItem(KEPT, root.dataset.mode)
		setDark(!isDark)
	}
	return (
		<Button kind="plain" class="icon" aria-pressed={isDark} aria-label="Dark mode" onClick={change}>
			{isDark ? '☾' : '☀'}
		</Button>
	)
}
