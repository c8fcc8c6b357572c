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
		return () => (opener as HTMLElement | null)?.focus?.()
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
