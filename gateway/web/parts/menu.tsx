import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

type MenuProps = {
	label: string
	face: ComponentChildren
	class?: string
	children: ComponentChildren
}

/**
 * Buttons that a button opens. A click on one of them, Escape, and a click elsewhere close it. The focus is back on the
 * button that opens it before anything else happens: what is clicked may move it on, and a dialog gives it back there.
 */
export function Menu({ label, face, class: name = '', children }: MenuProps) {
	const ref = useRef<HTMLDetailsElement>(null)
	const close = () => ref.current?.removeAttribute('open')
	function leave() {
		close()
		ref.current!.querySelector('summary')!.focus()
	}
	useEffect(() => {
		const outside = ({ target }: Event) => {
			if (!ref.current?.contains(target as Node)) close()
		}
		addEventListener('click', outside)
		return () => removeEventListener('click', outside)
	}, [])
	return (
		<details
			class={`menu ${name}`}
			ref={ref}
			onKeyDown={(event) => {
				if (event.key === 'Escape' && ref.current!.open) leave()
			}}
		>
			<summary class="button plain icon" aria-label={label}>
				{face}
			</summary>
			<div class="menu-items" onClickCapture={leave}>
				{children}
			</div>
		</details>
	)
}
