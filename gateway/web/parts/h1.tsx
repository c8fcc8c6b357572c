import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** The heading of a page. It gets the focus when the page is opened, so that screen readers say where one is. */
export function H1({ children }: { children: ComponentChildren }) {
	const ref = useRef<HTMLHeadingElement>(null)
	useEffect(() => ref.current?.focus(), [])
	return (
		<h1 ref={ref} tabIndex={-1}>
			{children}
		</h1>
	)
}
