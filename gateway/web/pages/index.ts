import type { ComponentType } from 'preact'
import type { ConsoleState, Me, SessionView } from '../data/console-state.ts'
import { decoded } from '../data/decoded.ts'
import { AddNumber } from './add-number.tsx'
import { Events } from './events/index.tsx'
import { Health } from './health/index.tsx'
import { Keys } from './keys/index.tsx'
import { NotFound } from './not-found.tsx'
import { NumberPage } from './number.tsx'
import { Numbers } from './numbers.tsx'
import { TryIt } from './try/index.tsx'
import { Webhooks } from './webhooks/index.tsx'
import { NewWebhook } from './webhooks/new-webhook.tsx'
import { WebhookPage } from './webhooks/webhook.tsx'

export type PageProps = {
	/** The state, once the gateway has told it. */
	state: ConsoleState & { me: Me; sessions: SessionView[] }
	/** The parts of the address that vary, in their order. */
	params: string[]
}

type PageEntry = {
	path: RegExp
	page: ComponentType<PageProps>
	/** In the navigation, which leads to `at`. */
	nav?: { name: string; at: string; adminOnly?: true }
}

/** The pages by their address below `/console`. */
export const pages: PageEntry[] = [
	{ path: /^$/, page: Numbers, nav: { name: 'Numbers', at: '' } },
	{ path: /^\/numbers\/([^/]+)$/, page: NumberPage },
	{ path: /^\/add(?:\/([^/]+))?$/, page: AddNumber },
	{ path: /^\/webhooks$/, page: Webhooks, nav: { name: 'Webhooks', at: '/webhooks' } },
	{ path: /^\/webhooks\/new$/, page: NewWebhook },
	{ path: /^\/webhooks\/([^/]+)\/([^/]+)$/, page: WebhookPage },
	{ path: /^\/events$/, page: Events, nav: { name: 'Events', at: '/events' } },
	{ path: /^\/try$/, page: TryIt, nav: { name: 'Try it', at: '/try' } },
	{ path: /^\/keys$/, page: Keys, nav: { name: 'Keys', at: '/keys', adminOnly: true } },
	{ path: /^\/health$/, page: Health, nav: { name: 'Health', at: '/health', adminOnly: true } },
]

export function pageAt(path: string): { page: ComponentType<PageProps>; params: string[] } {
	for (const { path: pattern, page } of pages) {
		const match = pattern.exec(path)
		const params = match?.slice(1).filter((part) => part !== undefined)
		const values = params?.map(decoded)
		if (values?.every((value) => value !== undefined)) return { page, params: values }
	}
	return { page: NotFound, params: [] }
}
