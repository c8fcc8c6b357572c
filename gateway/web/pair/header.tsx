import { useEffect } from 'preact/hooks'
import { urlOf } from '../data/api.ts'
import { H1 } from '../parts/h1.tsx'
import type { LinkPage } from './link-page.ts'

/** Who asks to link the phone. */
export function Header({ page, title }: { page: LinkPage; title: string }) {
	const { id, brand, note, color, has_logo } = page
	useEffect(() => {
		const { style } = document.documentElement
		if (!color) return
		// White is legible on it in both modes.
		style.setProperty('--brand', color)
		document.documentElement.dataset.brand = ''
	}, [color])
	return (
		<header class="stack">
			<div class="row">
				{has_logo && (
					<img class="logo" src={urlOf(`/${id}/api/logo.jpg`)} alt="" width="48" height="48" />
				)}
				{brand && <p class="brand-name">{brand}</p>}
			</div>
			<H1>{title}</H1>
			{note && <p>{note}</p>}
		</header>
	)
}
