import type { StatsFs } from 'node:fs'
import type { Config } from '../config/settings.ts'
import type { SessionView } from '../session/session-record.ts'
import type { WhatsAppServer } from '../session/connection/network.ts'
import type { VersionInfo } from '../session/version/versions.ts'
import type { StoredState } from './stored-state.ts'

/** `wrong`: it does not work. `warning`: it works, and will not always. `unknown`: it cannot be found out from here. */
export const checkStates = ['fine', 'warning', 'wrong', 'unknown'] as const
export type CheckState = (typeof checkStates)[number]

/** What was found, and what to do about it, in whole sentences. */
export type Finding = { state: CheckState; sentence: string; advice?: string | undefined }

/** One thing that can be wrong. A check changes nothing. */
export type Check = {
	name: string
	/** The name for people. */
	title: string
	/** Why `/ready` answers 503 when this is wrong; only of checks that cost no more than a look at the disk. */
	unready?: Unready
	/** Settings without which it has nothing to look at. */
	settings?: (keyof CheckedConfig)[]
	/** @returns a finding for each thing that it looks at; none if there is nothing to look at */
	run(context: CheckContext): Finding | Finding[] | Promise<Finding | Finding[]>
}

/** The reasons of a gateway that takes no requests. */
export const unreadyReasons = [
	'storage_failed',
	'data_dir_unusable',
	'disk_full',
	'not_in_cluster',
] as const
export type Unready = (typeof unreadyReasons)[number]

/** What checks look at. */
export type CheckContext = {
	config: CheckedConfig
	/** What is wrong with the settings, a text for each problem. */
	settingProblems: readonly string[]
	/** The settings that cannot be used; `config` has their defaults. */
	unusable: ReadonlySet<string>
	machine: Machine
	/** Where WhatsApp is; 'built-in' for a simulated one that starts with the gateway. @throws ConfigError */
	whatsapp(): Promise<WhatsAppServer | 'built-in'>
	/** What is kept. @throws StateKeyError, and what the system says */
	stored(): Promise<StoredState>
	/** The gateway, if the checks run in it. */
	running: RunningGateway | undefined
}

export type CheckedConfig = Pick<
	Config,
	| 'ADMIN_KEY'
	| 'DATA_DIR'
	| 'FFMPEG_PATH'
	| 'HOST'
	| 'MEDIA_DIR'
	| 'PORT'
	| 'PUBLIC_URL'
	| 'STATE_URL'
	| 'TRUSTED_PROXIES'
	| 'WEBHOOK_ALLOW'
>

export type RunningGateway = {
	address(): string
	sessions(): SessionView[]
	/** As which version of WhatsApp Web they connect. */
	version(): VersionInfo
	/** Events that wait for webhooks and that were given up, and how many webhooks do not answer. */
	deliveries(): { waiting: number; dead: number; down: number }
}

/** What the system says of itself. */
export type Machine = {
	nodeVersion: string
	env: NodeJS.ProcessEnv
	/** Bytes that this process may use at the most. */
	memory: number
	statfs(path: string): Promise<FileSystemFacts>
}

export type FileSystemFacts = Pick<StatsFs, 'type' | 'bavail' | 'bsize' | 'files' | 'ffree'>

export const fine = (sentence: string): Finding => ({ state: 'fine', sentence })

export const warning = (sentence: string, advice: string): Finding => ({
	state: 'warning',
	sentence,
	advice,
})

export const wrong = (sentence: string, advice?: string): Finding => ({
	state: 'wrong',
	sentence,
	advice,
})

export const unknown = (sentence: string, advice?: string): Finding => ({
	state: 'unknown',
	sentence,
	advice,
})
