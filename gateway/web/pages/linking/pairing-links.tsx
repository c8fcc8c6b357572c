import { useEffect, useState } from 'preact/hooks'
import type { LinkLanguage } from '../../../src/http/links/language.ts'
import { ask } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import { Button } from '../../parts/button.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Field } from '../../parts/field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useAction } from '../../parts/use-action.ts'
import type { PageProps } from '../index.ts'
import { LinkList, type PairingLink } from './link-list.tsx'

const languageNames: Record<LinkLanguage, string> = {
	en: 'English',
	de: 'Deutsch',
	es: 'Español',
	fr: 'Français',
	id: 'Bahasa Indonesia',
	it: 'Italiano',
	'pt-BR': 'Português (Brasil)',
}

type LinksProps = { session: SessionView; state: PageProps['state'] }

/** Links by which somebody else links their phone to this number, without a key. */
export function PairingLinks({ session, state }: LinksProps) {
	const path = `/sessions/${encodeURIComponent(session.id)}/links`
	const [url, setUrl] = useState<string>()
	const { links, refresh } = useLinks(path, newestUse(state, session.id))
	const create = useAction(async (form: FormData) => {
		const given = Object.fromEntries([...form].filter(([, value]) => value !== ''))
		const body = { ...given, minutes: Number(form.get('minutes')) }
		setUrl((await ask<{ url: string }>('POST', path, body)).url)
		refresh()
	})
	const revoke = useAction(async (id: string) => {
		await ask('DELETE', `${path}/${id}`)
		refresh()
	})
	const errorOf = (field: string) =>
		create.problem?.field === field ? create.problem.message : undefined
	return (
		<div class="stack">
			<form
				class="stack"
				onSubmit={(event) => {
					event.preventDefault()
					void create.run(new FormData(event.currentTarget))
				}}
			>
				<Field label="Your name" hint="The page shows it to your client" error={errorOf('brand')}>
					{(attributes) => <input {...attributes} name="brand" maxLength={60} />}
				</Field>
				<Field label="Works for" error={errorOf('minutes')}>
					{(attributes) => (
						<select {...attributes} name="minutes">
							<option value="60">1 hour</option>
							<option value="1440">1 day</option>
							<option value="10080">7 days</option>
						</select>
					)}
				</Field>
				<Field label="Language" hint="Of the page" error={errorOf('language')}>
					{(attributes) => (
						<select {...attributes} name="language">
							<option value="">As their browser</option>
							{Object.entries(languageNames).map(([language, name]) => (
								<option key={language} value={language} lang={language}>
									{name}
								</option>
							))}
						</select>
					)}
				</Field>
				<div class="row">
					<Button {...(!url && { kind: 'main' })} type="submit" disabled={create.isBusy}>
						{links.length ? 'New link' : 'Make a link'}
					</Button>
				</div>
			</form>
			{create.problem && !create.problem.field && (
				<Notice kind="bad">{create.problem.message}</Notice>
			)}
			{url && (
				<div class="card stack">
					<p data-copy>
						<code>{url}</code>
					</p>
					<Copy text={url} />
					<p class="quiet">
						It is shown only now. It works once, in the browser that opens it first.
					</p>
				</div>
			)}
			{revoke.problem && <Notice kind="bad">{revoke.problem.message}</Notice>}
			<LinkList links={links} onRevoke={revoke.run} />
		</div>
	)
}

/** The event that told of the newest use of a link. */
function newestUse({ events }: PageProps['state'], id: string): string {
	const isUse = (event: (typeof events)[number]) =>
		event.type === 'session.pairing_link' && event.session === id
	return events.find(isUse)?.id ?? ''
}

function useLinks(path: string, newest: string) {
	const [links, setLinks] = useState<PairingLink[]>([])
	const [asked, setAsked] = useState(0)
	useEffect(() => {
		ask<{ links: PairingLink[] }>('GET', path).then(
			(answer) => setLinks(answer.links),
			() => {},
		)
	}, [path, newest, asked])
	return { links, refresh: () => setAsked((count) => count + 1) }
}
