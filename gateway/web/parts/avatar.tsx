import { urlOf } from '../data/api.ts'

/** A picture, or the first letters of a name. The name stands beside it. */
export function Avatar({ name, picture }: { name: string; picture: string | null }) {
	if (picture) return <img class="avatar" src={urlOf(`/sandbox/pictures/${picture}`)} alt="" />
	return (
		<span class="avatar" aria-hidden="true">
			{initials(name)}
		</span>
	)
}

const initials = (name: string) =>
	name
		.split(/\s+/)
		.flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? [])
		.slice(0, 2)
		.join('')
		.toUpperCase()
