// node gateway/codegen/release/changes.ts TAG: prints what the changelog says of it.
import { changesOf } from './changelog.ts'

console.log(changesOf((process.argv[2] ?? '').replace(/^v/, '')))
