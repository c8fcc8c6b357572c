import { readFileSync } from 'node:fs'

/** What the lock file says of an installed package. */
export type LockEntry = {
	version: string
	license?: string
	integrity?: string
	optional?: boolean
	dependencies?: Record<string, string>
	optionalDependencies?: Record<string, string>
	peerDependencies?: Record<string, string>
	peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

export type Package = {
	name: string
	version: string
	/** As the package says it: an SPDX expression. */
	license: string
	integrity: string | undefined
	/** Whether it is for some systems only. */
	isOptional: boolean
	/** The packages that it needs itself, as `name@version`. */
	needs: string[]
}

export type Lock = Record<string, LockEntry>

const lockFile = new URL('../../../package-lock.json', import.meta.url)

export const readLock = (): Lock => JSON.parse(readFileSync(lockFile, 'utf8')).packages

export const idOf = ({ name, version }: Pick<Package, 'name' | 'version'>) => `${name}@${version}`

/** Everything that npm installs with the package in `root`, on any system, by name and version. */
export function productionPackages(lock: Lock, root: string): Package[] {
	const found = new Set<string>()
	const places = [root]
	for (const place of places)
		for (const next of placesNeededBy(lock, place))
			if (!found.has(next)) {
				found.add(next)
				places.push(next)
			}
	return [...found]
		.map((place) => packageAt(lock, place))
		.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
}

/** The packages of the gateway's development that are part of its files: what browsers get. */
export const BUNDLED = ['preact', 'swagger-ui-dist'] as const

export function bundledPackages(lock: Lock): Package[] {
	return BUNDLED.map((name) => packageAt(lock, placeOf(lock, 'gateway', name)!))
}

/** What a package needs itself, as `name@version`. */
export const needsOf = (lock: Lock, place: string): string[] =>
	placesNeededBy(lock, place).map((next) =>
		idOf({ name: nameAt(next), version: lock[next]!.version }),
	)

/** Of a package that we publish without its peers: whoever loads it has those. */
function placesNeededBy(lock: Lock, place: string): string[] {
	const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
		lock[place]!
	const isOurs = !place.includes('node_modules/')
	const peers = Object.keys((!isOurs && peerDependencies) || {}).filter(
		(name) => !peerDependenciesMeta?.[name]?.optional,
	)
	const names = Object.keys({ ...dependencies, ...optionalDependencies })
	return [...names, ...peers].flatMap((name) => placeOf(lock, place, name) ?? [])
}

/** Where Node finds a package from another one: in its own node_modules, or in those above. */
function placeOf(lock: Lock, from: string, name: string): string | undefined {
	for (let folder = from; ; folder = folderAbove(folder)) {
		const place = `${folder && `${folder}/`}node_modules/${name}`
		if (lock[place]) return place
		if (!folder) return undefined
	}
}

const folderAbove = (folder: string) =>
	folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))

const nameAt = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 13)

function packageAt(lock: Lock, place: string): Package {
	const { version, license = '', integrity, optional = false } = lock[place]!
	const needs = needsOf(lock, place)
	return { name: nameAt(place), version, license, integrity, isOptional: optional, needs }
}
