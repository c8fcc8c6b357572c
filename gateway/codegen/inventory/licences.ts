import type { Package } from './packages.ts'

/** Licences that ask for nothing but their notice. */
const PERMISSIVE = new Set([
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC0-1.0',
	'ISC',
	'MIT',
])

/** Packages that ask for more, or whose licence is not all that they say, and why they are here nevertheless. */
export const REMARKS: Record<string, { license: string; remark: string }> = {
	libsignal: {
		license: 'GPL-3.0',
		remark:
			'Required by Baileys. Whoever passes it on together with the gateway (an image, a bundle) must offer the source of the whole under terms that are compatible with the GPL.',
	},
	'whatsapp-rust-bridge': {
		license: 'MIT',
		remark:
			"Required by Baileys. It says MIT, but its binary is built from sources with AGPL-3.0-only headers of Signal's: treat it as AGPL-3.0.",
	},
	'@img/sharp-libvips-*': {
		license: 'LGPL-3.0-or-later',
		remark:
			'libvips, which sharp loads as a shared library: it may be replaced by a build of your own. One of these is installed, by the system.',
	},
	'@img/sharp-win32-*': {
		license: 'Apache-2.0 AND LGPL-3.0-or-later',
		remark: 'The same library, inside of the package.',
	},
	'@img/sharp-wasm32': {
		license: 'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
		remark: 'The same library, inside of the package.',
	},
}

/** The remark on a package, whose name may stand for several. */
export const remarkOn = ({ name }: Pick<Package, 'name'>) =>
	Object.entries(REMARKS).find(([pattern]) =>
		pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
	)?.[1]

/** Whether we have looked at the licence of a package and can keep to it. */
export const isAccepted = (found: Pick<Package, 'name' | 'license'>): boolean =>
	PERMISSIVE.has(found.license) || remarkOn(found)?.license === found.license
