/** Whether what is on the page is up to date. */
export function Live({ isLive }: { isLive: boolean }) {
	return (
		<span class={`live ${isLive ? '' : 'off'}`} role="status">
			{isLive ? 'Live' : 'Not live'}
		</span>
	)
}
