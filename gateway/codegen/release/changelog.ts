import { readFileSync } from 'node:fs'

const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

/** The version that a package has. */
export const versionOf = (place: '' | 'gateway/'): string =>
	JSON.parse(read(`${place}package.json`)).version

/** What a changelog says of a version, without its heading; undefined if it says nothing. */
export function changesOf(version: string, changelog = read('CHANGELOG.md')): string | undefined {
	const sections = changelog.split(/^## /m).slice(1)
	const section = sections.find((text) => text.split(/\s/, 1)[0] === version)
	return section?.slice(section.indexOf('\n')).trim() || undefined
}

/** Why a tag cannot be released; empty if it can. */
export function problemsOf(tag: string): string[] {
	const version = tag.replace(/^v/, '')
	const own = versionOf('')
	return [
		...(tag === `v${own}` ? [] : [`the tag is ${tag}, but package.json has ${own}`]),
		...(versionOf('gateway/') === own
			? []
			: [`gateway/package.json has ${versionOf('gateway/')}, but package.json has ${own}`]),
		...(changesOf(version) ? [] : [`CHANGELOG.md says nothing of ${version}`]),
	]
}
