import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { changesOf, problemsOf, versionOf } from '../../gateway/codegen/release/changelog.ts'
import { VERSION } from '../../gateway/src/lib/version.ts'
import { ROOT } from '../support/paths.ts'

test('both packages, the lock file and the changelog have the version that a tag releases', () => {
	assert.deepEqual(problemsOf(`v${VERSION}`), [])
	assert.equal(versionOf(''), VERSION)
	const { version, packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
	assert.deepEqual(
		[version, packages[''].version, packages.gateway.version],
		[VERSION, VERSION, VERSION],
	)
})

test('a tag that does not fit is refused with the reason', () => {
	assert.deepEqual(problemsOf('v9.9.9'), [
		`the tag is v9.9.9, but package.json has ${VERSION}`,
		'CHANGELOG.md says nothing of 9.9.9',
	])
})

test('what is new in a version is its part of the changelog', () => {
	const changelog =
		'# Changelog\n\n## Unreleased\n\n## 0.2.0\n\n- One.\n\n### n8n\n\n- Two.\n\n## 0.1.0\n\n- Old.\n'
	assert.equal(changesOf('0.2.0', changelog), '- One.\n\n### n8n\n\n- Two.')
	assert.equal(changesOf('0.1.0', changelog), '- Old.')
	assert.equal(changesOf('Unreleased', changelog), undefined)
	assert.equal(changesOf('0.3.0', changelog), undefined)
})

test('the changelog has room on its top for what comes next', () => {
	const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')
	assert.match(changelog, /^# Changelog\n\n## Unreleased\n/)
})
