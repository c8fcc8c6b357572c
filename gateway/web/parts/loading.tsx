/** Grey while data come, after 300 ms. */
export function Loading() {
	return (
		<div class="skeleton" role="status">
			Loading…
		</div>
	)
}
