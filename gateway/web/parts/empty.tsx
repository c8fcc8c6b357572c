import type { ComponentChildren } from 'preact'

/** What would be here, and the one next step. */
export function Empty({ children }: { children: ComponentChildren }) {
	return <div class="empty">{children}</div>
}
