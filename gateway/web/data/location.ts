import type { AnchorHTMLAttributes } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** The path below `/console`, without a slash at the end: `` or `/numbers/main`. */
export function usePath(): string {
	const [path, setPath] = useState(currentPath)
	useEffect(() => {
		const changed = () => setPath(currentPath())
		addEventListener('popstate', changed)
		return () => removeEventListener('popstate', changed)
	}, [])
	return path
}

/** Opens another page without loading it from the gateway. */
export function goTo(path: string): void {
	history.pushState(null, '', addressOf(path))
	dispatchEvent(new PopStateEvent('popstate'))
	scrollTo(0, 0)
}

/** The attributes of a link to a page: a click opens it at once, and with Ctrl in another tab. */
export function linkTo(
	path: string,
): Pick<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'> {
	return {
		href: addressOf(path),
		onClick(event) {
			if (event.ctrlKey || event.metaKey || event.shiftKey) return
			event.preventDefault()
			goTo(path)
		},
	}
}

const addressOf = (path: string) => `/console${path}`

const currentPath = () => location.pathname.replace(/^\/console/, '').replace(/\/+$/, '')
