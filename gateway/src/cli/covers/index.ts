import type { OwnFlagValues } from '../../config/flags.ts'
import { ConfigError } from '../../config/read-config.ts'
import { evolution } from '../../http/dialects/evolution/index.ts'
import { waha } from '../../http/dialects/waha/index.ts'
import type { Dialect } from '../../http/dialects/dialect.ts'
import { askEvolution } from './ask-evolution.ts'
import { askWaha } from './ask-waha.ts'
import { UnexpectedAnswer, type Installation } from './installation.ts'
import { coverageReport } from './report.ts'
import { print } from '../terminal.ts'

type System = { dialect: Dialect; ask(url: string, key: string): Promise<Installation> }

const systems: Record<string, System> = {
	evolution: { dialect: evolution, ask: askEvolution },
	waha: { dialect: waha, ask: askWaha },
}

const USAGE = 'whatsapp-gateway covers evolution|waha --url URL [--key KEY]'

/**
 * `whatsapp-gateway covers`: asks a running Evolution API or WAHA what it has, and says what of it the gateway covers.
 * It changes nothing there. The key may also come in the variable OTHER_KEY, where no list of processes shows it.
 * @throws ConfigError for a wrong command line, and where the other system does not answer as it should
 */
export async function covers(system: string | undefined, flags: OwnFlagValues): Promise<void> {
	const { dialect, ask } = systemNamed(system)
	const { url, key } = targetOf(flags)
	const installation = await ask(url, key).catch((error: unknown) => {
		throw error instanceof UnexpectedAnswer ? new ConfigError(error.message) : error
	})
	print(coverageReport(url, installation, dialect))
}

function systemNamed(name = ''): System {
	if (Object.hasOwn(systems, name)) return systems[name]!
	throw new ConfigError(`Name the system, ${Object.keys(systems).join(' or ')}: ${USAGE}`)
}

function targetOf({ url, key = process.env.OTHER_KEY }: OwnFlagValues) {
	if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:/.test(url))
		throw new ConfigError('--url must be an http or https URL, such as http://127.0.0.1:8080.')
	if (typeof key !== 'string' || !key)
		throw new ConfigError('Give the key of that system with --key, or as OTHER_KEY.')
	return { url, key }
}
