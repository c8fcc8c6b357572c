import { createHash } from 'node:crypto'
import {
	bundledPackages,
	idOf,
	needsOf,
	productionPackages,
	type Lock,
	type Package,
} from './packages.ts'

/** A package that we publish: its manifest, and its place in the lock file. */
export type Published = { name: string; version: string; description: string; place: string }

/**
 * What is in a published package and what npm installs with it, on any system, as CycloneDX 1.5. `npm sbom` is not used:
 * of a workspace it leaves out what is installed for development, too. The same lock file gives the same bytes.
 */
export function sbomOf(lock: Lock, { place, ...own }: Published) {
	const packages = productionPackages(lock, place)
	const bundled = place === 'gateway' ? bundledPackages(lock) : []
	const components = [...packages, ...bundled].map(componentOf)
	const text = JSON.stringify(components)
	return {
		$schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.5',
		serialNumber: `urn:uuid:${uuidOf(idOf(own) + text)}`,
		version: 1,
		metadata: {
			component: {
				type: place ? 'application' : 'library',
				'bom-ref': idOf(own),
				name: own.name,
				version: own.version,
				description: own.description,
				purl: purlOf(own),
				licenses: [{ license: { id: 'MIT' } }],
			},
		},
		components,
		dependencies: [
			{ ref: idOf(own), dependsOn: [...needsOf(lock, place), ...bundled.map(idOf)] },
			...packages.map((found) => ({ ref: idOf(found), dependsOn: found.needs })),
			...bundled.map((found) => ({ ref: idOf(found) })),
		],
	}
}

function componentOf(found: Package) {
	return {
		type: 'library',
		'bom-ref': idOf(found),
		name: found.name,
		version: found.version,
		scope: found.isOptional ? 'optional' : 'required',
		purl: purlOf(found),
		licenses: [licenseOf(found.license)],
		...(found.integrity && { hashes: [hashOf(found.integrity)] }),
	}
}

/** What is no single licence is an expression. */
const licenseOf = (license: string) =>
	license.includes(' ') ? { expression: license } : { license: { id: license } }

const purlOf = ({ name, version }: { name: string; version: string }) =>
	`pkg:npm/${name.replace('@', '%40')}@${version}`

function hashOf(integrity: string) {
	const [, base64 = ''] = integrity.split('sha512-')
	return { alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }
}

/** A UUID (version 8) that follows from a text. */
function uuidOf(text: string): string {
	const hex = createHash('sha256').update(text).digest('hex')
	const parts = [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`8${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
	]
	return [...parts, hex.slice(20, 32)].join('-')
}
