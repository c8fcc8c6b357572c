import { linkTo } from '../data/location.ts'
import { Empty } from '../parts/empty.tsx'
import { H1 } from '../parts/h1.tsx'

export function NotFound() {
	return (
		<Empty>
			<H1>There is no such page</H1>
			<a class="button main" {...linkTo('')}>
				Numbers
			</a>
		</Empty>
	)
}
