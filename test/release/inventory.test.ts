import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv, type AnySchema } from 'ajv'
import addFormats from 'ajv-formats'
import prettier from 'prettier'
import { isAccepted } from '../../gateway/codegen/inventory/licences.ts'
import { noticesText } from '../../gateway/codegen/inventory/notices.ts'
import {
	bundledPackages,
	idOf,
	productionPackages,
	readLock,
} from '../../gateway/codegen/inventory/packages.ts'
import { sbomOf } from '../../gateway/codegen/inventory/sbom.ts'
import { ROOT } from '../support/paths.ts'

const lock = readLock()
const installed = productionPackages(lock, 'gateway')
const bundled = bundledPackages(lock)
const require = createRequire(import.meta.url)

const manifestIn = (place: string) => ({
	...JSON.parse(readFileSync(join(ROOT, place, 'package.json'), 'utf8')),
	place,
})

test('the packages of the gateway are those that its dependencies need, on every system', () => {
	const names = installed.map(({ name }) => name)
	for (const name of Object.keys(manifestIn('gateway').dependencies))
		assert.ok(names.includes(name))
	for (const name of ['libsignal', '@img/sharp-linux-arm64', '@img/sharp-linux-x64'])
		assert.ok(names.includes(name), name)
	for (const name of ['esbuild', 'ajv', 'n8n-workflow']) assert.ok(!names.includes(name), name)
})

test('every package has a licence that was looked at and accepted', () => {
	const refused = [...installed, ...bundled].filter((found) => !isAccepted(found))
	assert.deepEqual(
		refused.map((found) => `${idOf(found)}: ${found.license || 'none'}`),
		[],
	)
})

test('a licence that is not on the list is refused', () => {
	assert.ok(isAccepted({ name: 'anything', license: 'MIT' }))
	for (const license of ['', 'AGPL-3.0-only', 'GPL-3.0', 'UNLICENSED', 'MIT OR Nonsense'])
		assert.ok(!isAccepted({ name: 'anything', license }), license)
	assert.ok(!isAccepted({ name: 'libsignal', license: 'AGPL-3.0-only' }))
})

test('THIRD-PARTY-NOTICES.md of the gateway is what `npm run notices` writes', async () => {
	const path = join(ROOT, 'gateway/THIRD-PARTY-NOTICES.md')
	const style = await prettier.resolveConfig(path)
	const expected = await prettier.format(noticesText(), { ...style, parser: 'markdown' })
	assert.equal(readFileSync(path, 'utf8'), expected, 'run `npm run notices`')
})

/** The schema of CycloneDX, as its own library has it. */
function cycloneDxSchema() {
	const index = require.resolve('@cyclonedx/cyclonedx-library')
	const root = index.slice(0, index.indexOf('/dist'))
	const read = (file: string) =>
		JSON.parse(readFileSync(join(root, 'res/schema', file), 'utf8')) as AnySchema
	const ajv = addFormats.default(new Ajv({ strict: false }))
	ajv.addFormat('iri-reference', true).addFormat('idn-email', true)
	for (const file of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json'])
		ajv.addSchema(read(file), `http://cyclonedx.org/schema/${file}`)
	return ajv.compile(read('bom-1.5.SNAPSHOT.schema.json'))
}

for (const place of ['gateway', ''])
	test(`the bill of materials of ${place || 'the node package'} is valid, and the same each time`, () => {
		const bom = sbomOf(lock, manifestIn(place))
		const isValid = cycloneDxSchema()
		assert.ok(isValid(bom), JSON.stringify(isValid.errors?.slice(0, 5), null, 1))
		assert.deepEqual(sbomOf(lock, manifestIn(place)), bom)
		const purl = (bom.components[0] as object | undefined) && { ...bom.components[0]!, purl: 1 }
		if (purl) assert.ok(!isValid({ ...bom, components: [purl] }), 'it can fail')
	})

test('the bill of the gateway names everything, that of the node package nothing', () => {
	const { components } = sbomOf(lock, manifestIn('gateway'))
	assert.deepEqual(
		components.map((component) => component['bom-ref']),
		[...installed, ...bundled].map(idOf),
	)
	assert.deepEqual(sbomOf(lock, manifestIn('')).components, [])
})
