/** The token of the address, which is then no longer there: nobody reads it over a shoulder or in the history. */
export function takeToken(): string {
	const token = location.hash.slice(1)
	history.replaceState(null, '', location.pathname)
	return token
}

/** The link that the page shows: one browser may have several. Its id opens nothing without the cookie. */
export const linkOfAddress = (): string => /^\/link\/([^/]+)/.exec(location.pathname)?.[1] ?? ''

/** So that the page can be loaded again. */
export const showInAddress = (link: string) => history.replaceState(null, '', `/link/${link}`)
