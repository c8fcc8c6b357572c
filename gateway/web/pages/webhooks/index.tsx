import { linkTo } from '../../data/location.ts'
import { Empty } from '../../parts/empty.tsx'
import { H1 } from '../../parts/h1.tsx'
import type { PageProps } from '../index.ts'
import { hintFor, lastWord, placeOf } from './words.ts'

/** Where events go, with what waits and what was given up. */
export function Webhooks({ state: { webhooks, sessions } }: PageProps) {
	const nameOf = (id: string) => sessions.find((session) => session.id === id)?.name ?? id
	return (
		<div class="stack">
			<div class="head">
				<H1>Webhooks</H1>
				{sessions.length > 0 && (
					<a class="button main" {...linkTo('/webhooks/new')}>
						Add a webhook
					</a>
				)}
			</div>
			{webhooks.length === 0 ? (
				<Empty>
					<p>Nothing is told to anybody yet. n8n’s trigger adds itself here.</p>
				</Empty>
			) : (
				<table class="table">
					<thead>
						<tr>
							<th scope="col">Goes to</th>
							<th scope="col">Number</th>
							<th scope="col">Waiting</th>
							<th scope="col">Given up</th>
							<th scope="col">Last</th>
						</tr>
					</thead>
					<tbody>
						{webhooks.map((webhook) => (
							<tr key={webhook.id}>
								<td>
									<a {...linkTo(`/webhooks/${webhook.session}/${webhook.id}`)}>
										{placeOf(webhook.url)}
									</a>
									{hintFor(webhook) && <p class="quiet">{hintFor(webhook)}</p>}
								</td>
								<td data-name="Number">{nameOf(webhook.session)}</td>
								<td data-name="Waiting">{webhook.delivery?.pending ?? '–'}</td>
								<td data-name="Given up">{webhook.delivery?.dead ?? '–'}</td>
								<td data-name="Last">{lastWord(webhook)}</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</div>
	)
}
