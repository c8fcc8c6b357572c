import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { settings } from '../../gateway/src/config/settings.ts'
import { installLocked } from '../support/install.ts'
import { KUBERNETES, ROOT } from '../support/paths.ts'
import { openGateway } from '../support/gateway/gateway.ts'
import { typeErrorsOf } from './support/check-types.ts'
import { manifestsOf, type Manifest } from './support/manifests.ts'

const FILES = ['one-gateway.yaml', 'several-gateways.yaml']
const page = readFileSync(join(ROOT, 'docs/running-it-larger.md'), 'utf8')
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')

const ofKind = (manifests: Manifest[], kind: string) =>
	manifests.filter((manifest) => manifest.kind === kind)

describe('The manifests for Kubernetes', () => {
	before(() => installLocked(KUBERNETES, 'the types of Kubernetes', console.log))

	it('a field that Kubernetes does not know, and a value of another type, are noticed', () => {
		const [deployment] = ofKind(manifestsOf(FILES[0]!), 'Deployment')
		const withContainer = (change: object) => {
			const copy = structuredClone(deployment!)
			Object.assign(copy.spec.template!.spec.containers[0]!, change)
			return typeErrorsOf(copy)
		}
		assert.deepEqual(withContainer({}), [])
		assert.match(withContainer({ imagePullPolicies: 'Always' })[0]!, /imagePullPolicies/)
		assert.match(withContainer({ image: 1 })[0]!, /number/)
	})

	for (const file of FILES)
		describe(file, () => {
			const manifests = manifestsOf(file)
			const [deployment] = ofKind(manifests, 'Deployment')
			const pod = deployment!.spec.template!
			const [container] = pod.spec.containers
			const { env, volumeMounts, ports } = container!

			it('is what the API of Kubernetes takes', () => {
				for (const manifest of manifests)
					assert.deepEqual(typeErrorsOf(manifest), [], manifest.kind)
			})

			it('gives the container settings that the gateway has', () => {
				const unknown = env
					.map(({ name }) => name)
					.filter((name) => !(name in settings.shape) && !/^POD_/.test(name))
				assert.deepEqual(unknown, [])
			})

			it('asks addresses that answer without a key', async (t) => {
				const gateway = await openGateway(t)
				for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
					const { path, port } = container![probe].httpGet
					assert.equal((await gateway.request('GET', path, undefined, {})).status, 200, path)
					assert.ok(ports.some(({ name }) => name === port))
				}
				assert.equal(container!.livenessProbe.httpGet.path, '/health')
			})

			it('runs as the user of the image, and mounts all that is written to and every secret', () => {
				const { runAsUser, runAsGroup } = pod.spec.securityContext
				assert.match(dockerfile, new RegExp(`^USER ${runAsUser}:${runAsGroup}$`, 'm'))
				const writable = pod.spec.volumes.filter((volume) => 'emptyDir' in volume)
				const mounts = volumeMounts.filter(({ name }) =>
					writable.some((each) => each.name === name),
				)
				const data = env.find(({ name }) => name === 'DATA_DIR')!.value!
				for (const path of [data, '/tmp/x'])
					assert.ok(
						mounts.some(({ mountPath }) => path.startsWith(`${mountPath}/`)),
						path,
					)
				const names = pod.spec.volumes.map(({ name }) => name)
				for (const { name } of volumeMounts) assert.ok(names.includes(name), name)
			})

			it('selects its own pods, by names that they have', () => {
				const own = pod.metadata.labels
				const selectors = manifests.flatMap(({ kind, spec }) => {
					const { selector, podSelector } = spec
					if (kind === 'Service') return [selector]
					return (selector ?? podSelector) ? [(selector ?? podSelector)!['matchLabels']] : []
				})
				assert.ok(selectors.length >= 3)
				for (const selector of selectors) assert.deepEqual(selector, own)
				const portsOf = ({ spec }: Manifest) => [
					...(spec.ports ?? []).map(({ targetPort }) => targetPort),
					...(spec.ingress ?? []).flatMap((rule) => rule.ports.map(({ port }) => port)),
				]
				for (const port of manifests.flatMap(portsOf))
					assert.ok(
						ports.some(({ name }) => name === port),
						port,
					)
			})

			it('needs nothing of the Secret that the page does not make', () => {
				const refs = env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])
				const files = pod.spec.volumes.flatMap(({ secret }) => secret?.items ?? [])
				const keys = [...refs, ...files].map(({ key }) => key)
				assert.ok(keys.length >= 3)
				for (const key of keys) assert.match(page, new RegExp(`--from-\\w+=${key}=`), key)
			})
		})

	it('one gateway ends before the next one starts', () => {
		const [deployment] = ofKind(manifestsOf('one-gateway.yaml'), 'Deployment')
		const { replicas, strategy } = deployment!.spec
		assert.deepEqual([replicas, strategy], [1, { type: 'Recreate' }])
	})

	it('of several gateways a new one is there before an old one ends, and each is reached by the others alone at its own address', () => {
		const manifests = manifestsOf('several-gateways.yaml')
		const [deployment] = ofKind(manifests, 'Deployment')
		const { replicas, strategy, template } = deployment!.spec
		assert.ok(replicas! > 1)
		assert.deepEqual(strategy!.rollingUpdate, { maxUnavailable: 0, maxSurge: 1 })
		const [container] = template!.spec.containers
		const valueOf = (name: string) => container!.env.find((each) => each.name === name)
		const internal = container!.ports.find(({ name }) => name === 'internal')!
		assert.equal(valueOf('NODE_ADDRESS')!.value, `http://$(POD_IP):${internal.containerPort}`)
		assert.equal(valueOf('POD_IP')!.valueFrom!.fieldRef!.fieldPath, 'status.podIP')
		assert.equal(valueOf('NODE_NAME')!.valueFrom!.fieldRef!.fieldPath, 'metadata.name')
		const [policy] = ofKind(manifests, 'NetworkPolicy')
		const rule = policy!.spec.ingress!.find(({ ports }) =>
			ports.some(({ port }) => port === 'internal'),
		)
		const own = { podSelector: { matchLabels: template!.metadata.labels } }
		assert.deepEqual(rule!.from, [own])
		assert.equal(ofKind(manifests, 'PodDisruptionBudget')[0]!.spec.maxUnavailable, 1)
		const [service] = ofKind(manifests, 'Service')
		assert.deepEqual(
			service!.spec.ports!.map(({ targetPort }) => targetPort),
			['http'],
		)
	})
})
