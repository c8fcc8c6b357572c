import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { ROOT } from '../../support/paths.ts'

export type Probe = { httpGet: { path: string; port: string } }
export type Volume = { name: string; secret?: { secretName: string; items: { key: string }[] } }
export type Container = {
	name: string
	ports: { name: string; containerPort: number }[]
	env: {
		name: string
		value?: string
		valueFrom?: { secretKeyRef?: { name: string; key: string }; fieldRef?: { fieldPath: string } }
	}[]
	volumeMounts: { name: string; mountPath: string }[]
	securityContext: { readOnlyRootFilesystem: boolean }
} & Record<'startupProbe' | 'livenessProbe' | 'readinessProbe', Probe>
export type Pod = {
	metadata: { labels: Record<string, string> }
	spec: {
		securityContext: { runAsUser: number; runAsGroup: number; runAsNonRoot: boolean }
		containers: Container[]
		volumes: Volume[]
		terminationGracePeriodSeconds: number
	}
}
export type Manifest = {
	apiVersion: string
	kind: string
	metadata: { name: string }
	spec: {
		replicas?: number
		strategy?: { type: string; rollingUpdate?: { maxUnavailable: number; maxSurge: number } }
		selector?: Record<string, unknown>
		podSelector?: { matchLabels: Record<string, string> }
		template?: Pod
		ports?: { port: number; targetPort: string }[]
		ingress?: { from: object[]; ports: { port: string }[] }[]
		maxUnavailable?: number
	}
}

/** The objects of a file in docs/kubernetes. */
export function manifestsOf(name: string): Manifest[] {
	const text = readFileSync(join(ROOT, 'docs/kubernetes', name), 'utf8')
	return parseAllDocuments(text).map((document) => document.toJS() as Manifest)
}
