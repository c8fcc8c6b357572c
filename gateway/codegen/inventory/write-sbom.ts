// npm run sbom [-- DIRECTORY]: the bills of materials of both packages, as NAME-VERSION.cdx.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLock } from './packages.ts'
import { sbomOf } from './sbom.ts'

const [directory = '.cache/sbom'] = process.argv.slice(2)
const root = new URL('../../../', import.meta.url)

mkdirSync(directory, { recursive: true })
for (const place of ['', 'gateway']) {
	const manifest = JSON.parse(readFileSync(new URL(join(place, 'package.json'), root), 'utf8'))
	const path = join(directory, `${manifest.name}-${manifest.version}.cdx.json`)
	writeFileSync(path, JSON.stringify(sbomOf(readLock(), { ...manifest, place }), null, '\t') + '\n')
	console.log(path)
}
