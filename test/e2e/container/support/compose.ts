import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeFile, namesOf, servicesOf, type Service } from './compose-file.ts'
import { BASE } from './base-image.ts'
import type { Engine } from './engine.ts'

/**
 * Does what `docker compose --profile P up` does, with one difference: all containers share one network namespace, in which
 * the names of all services are this machine's own address, as a network of its own needs more than a kernel.
 * @param more options for services whose image is only a stand-in
 */
export async function composeUp(engine: Engine, profile: string, more: Record<string, string[]>) {
	const services = servicesOf(composeFile(), profile)
	const hosts = services.flatMap(([name, service]) => namesOf(name, service))
	const hostsFile = join(engine.home, 'hosts')
	await writeFile(hostsFile, `127.0.0.1 localhost ${hosts.join(' ')}\n`)
	const network = ['--name=network', '--network=none']
	await engine.podman('run', '--detach', ...network, BASE, 'sleep', 'infinity')

	for (const [name, service] of services) {
		for (const [other, { condition }] of Object.entries(service.depends_on ?? {}))
			if (condition === 'service_healthy') await engine.healthy(other, healthCommand(other))
			else await finished(other)
		const names = `--volume=${hostsFile}:/etc/hosts:ro`
		const options = [names, ...optionsOf(service), ...(more[name] ?? [])]
		const command = service.command ?? []
		await engine.podman('run', '--detach', `--name=${name}`, ...options, service.image, ...command)
	}

	/** Podman takes none from its command line that has spaces in an argument. */
	function healthCommand(name: string): string[] | undefined {
		const [, service] = services.find(([own]) => own === name)!
		return service.healthcheck?.test?.slice(1)
	}

	/** Waits until a service has done its work, and gives its output. @throws its output if it failed */
	async function finished(name: string): Promise<string> {
		const code = (await engine.podman('wait', name)).trim()
		const said = await engine.logs(name)
		if (code === '0') return said
		const all = await Promise.all(services.map(([other]) => engine.logs(other).catch(() => '')))
		throw new Error(`${name} ended with ${code}:\n${said}\n${all.join('\n---\n').slice(-5_000)}`)
	}

	return {
		finished,
		logs: engine.logs,

		/** Starts a service that has ended once more. @returns only what it says now */
		async again(name: string): Promise<string> {
			const before = await engine.logs(name)
			await engine.podman('start', name)
			return (await finished(name)).slice(before.length)
		},

		/** @returns the exit code */
		async stop(name: string): Promise<number> {
			await engine.podman('stop', '--time=10', name)
			return (await engine.state(name)).ExitCode
		},
	}
}

function optionsOf(service: Service): string[] {
	const { environment = {}, volumes = [], tmpfs = [], cap_drop = [], security_opt = [] } = service
	return [
		`--network=${service.network_mode ?? 'container:network'}`,
		...Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`),
		...volumes.map((volume) => `--volume=${volume}`),
		...tmpfs.map((path) => `--tmpfs=${path}`),
		...cap_drop.map((name) => `--cap-drop=${name}`),
		...security_opt.map((option) => `--security-opt=${option.replace(':true', '')}`),
		...(service.user ? [`--user=${service.user}`] : []),
		...(service.read_only ? ['--read-only', '--read-only-tmpfs=false'] : []),
	]
}
