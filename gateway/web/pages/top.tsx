import { signOut } from '../data/console.ts'
import type { ConsoleState } from '../data/console-state.ts'
import { linkTo } from '../data/location.ts'
import { Button } from '../parts/button.tsx'
import { Live } from '../parts/live.tsx'
import { ModeSwitch } from '../parts/mode-switch.tsx'
import { pages } from './index.ts'

/** Above every page: where one can go, and whether the page is live. */
export function Top({ state: { me, isLive }, path }: { state: ConsoleState; path: string }) {
	const isAdmin = me?.role === 'admin'
	const links = pages.flatMap(({ nav }) => (nav && (isAdmin || !nav.adminOnly) ? [nav] : []))
	return (
		<header class="top">
			<span class="brand">Gateway</span>
			<nav aria-label="Pages">
				<ul>
					{links.map(({ name, at }) => (
						<li key={at}>
							<a {...linkTo(at)} aria-current={isIn(path, at) ? 'page' : undefined}>
								{name}
							</a>
						</li>
					))}
					{isAdmin && me.sandbox && (
						<li>
							<a href="/console/phone">Phone</a>
						</li>
					)}
				</ul>
			</nav>
			<div class="end">
				{me && <Live isLive={isLive} />}
				<ModeSwitch />
				{me && (
					<Button kind="plain" onClick={signOut}>
						Sign out
					</Button>
				)}
			</div>
		</header>
	)
}

const isIn = (path: string, at: string) =>
	at === '' ? path === '' || /^\/(numbers|add)/.test(path) : path.startsWith(at)
