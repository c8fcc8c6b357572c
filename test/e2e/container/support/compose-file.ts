import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../../../support/paths.ts'

export interface Service {
	image: string
	build?: { context: string; target: string }
	profiles: string[]
	command?: string[]
	environment?: Record<string, string>
	volumes?: string[]
	ports?: string[]
	networks?: { default: { aliases: string[] } } | string[]
	network_mode?: string
	user?: string
	read_only?: boolean
	tmpfs?: string[]
	cap_drop?: string[]
	security_opt?: string[]
	restart?: string
	stop_grace_period?: string
	healthcheck?: { test?: string[] }
	depends_on?: Record<string, { condition: string }>
}

export interface ComposeFile {
	services: Record<string, Service>
	volumes: Record<string, unknown>
}

/** compose.yaml as compose reads it, with the defaults of its variables. */
export function composeFile(): ComposeFile {
	const text = readFileSync(join(ROOT, 'compose.yaml'), 'utf8')
	const withDefaults = text.replace(/(?<!\$)\$\{\w+:-([^}]*)\}/g, '$1').replaceAll('$$', '$')
	return parse(withDefaults, { merge: true }) as ComposeFile
}

/** The services of a profile, each after those that it depends on. */
export function servicesOf({ services }: ComposeFile, profile: string): [string, Service][] {
	const wanted = Object.entries(services).filter(([, { profiles }]) => profiles.includes(profile))
	const ordered = new Map<string, Service>()
	const add = (name: string): void => {
		const [, service] = wanted.find(([own]) => own === name) ?? []
		if (!service) throw new Error(`profile ${profile} has no service ${name}`)
		for (const other of Object.keys(service.depends_on ?? {})) add(other)
		ordered.set(name, service)
	}
	for (const [name] of wanted) add(name)
	return [...ordered]
}

/** The host names of a service. */
export const namesOf = (name: string, { networks = [] }: Service): string[] =>
	Array.isArray(networks) ? [name] : [name, ...networks.default.aliases]
