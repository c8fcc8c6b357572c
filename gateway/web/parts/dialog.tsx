import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

type DialogProps = {
	title: string
	/** Undefined for a dialog that cannot be put away. */
	onClose?: (() => void) | undefined
	children: ComponentChildren
}

/** A dialog over the page, with the focus in it; Escape closes it. What has `autofocus` has the focus first. */
export function Dialog({ title, onClose, children }: DialogProps) {
	const ref = useRef<HTMLDialogElement>(null)
	const id = useId()
	useEffect(() => {
		const opener = document.activeElement
		ref.current?.showModal()
		return () => requestAnimationFrame(() => giveFocusTo(opener))
	}, [])
	return (
		<dialog
			ref={ref}
			aria-labelledby={id}
			onCancel={(event) => {
				event.preventDefault()
				onClose?.()
			}}
		>
			<div class="stack">
				<h2 id={id}>{title}</h2>
				{children}
			</div>
		</dialog>
	)
}

/** Back to what opened the dialog; what was done in it may have removed or disabled that. */
function giveFocusTo(opener: Element | null) {
	const isThere = opener?.isConnected && opener !== document.body && !opener.matches(':disabled')
	const element = isThere ? opener : document.querySelector('h1')
	;(element as HTMLElement | null)?.focus()
}
